import { drawNormal, normalCumulative, normalDensity } from './normal.ts';
import type { RandomStream } from './random-stream.ts';

/** A density over one dimension of a search, from the settings that were seen. */
export interface Density<Value> {
  readonly draw: (random: RandomStream) => Value;
  /** logarithm of the density (numbers) or of the probability (choices) */
  readonly logOf: (value: Value) => number;
}

interface Kernel {
  readonly center: number;
  readonly width: number;
  /** mass inside [0, 1], by which the kernel is divided */
  readonly mass: number;
}

/**
 * Widths of the kernels: the larger distance to a neighbour (Bergstra et al. 2011, section 4), neither so small that
 * the search sticks to what it has seen nor smaller than what can be told apart.
 */
const kernelsOf = (centers: readonly number[], smallest: number): Kernel[] => {
  const sorted = centers.toSorted((a, b) => a - b);
  const floor = Math.max(smallest, 1 / Math.min(100, sorted.length + 1));
  const kernels = sorted.map((center, index) => {
    const before = center - (sorted[index - 1] ?? 0);
    const after = (sorted[index + 1] ?? 1) - center;
    return { center, width: Math.min(1, Math.max(floor, before, after)) };
  });
  // The prior: wide over everything, so that no place is ever given up.
  kernels.push({ center: 0.5, width: 1 });
  return kernels.map(({ center, width }) => ({
    center,
    width,
    mass: normalCumulative((1 - center) / width) - normalCumulative(-center / width),
  }));
};

const drawWithin = ({ center, width }: Kernel, random: RandomStream): number => {
  for (;;) {
    const value = center + width * drawNormal(random);
    if (value >= 0 && value <= 1) return value;
  }
};

/**
 * A Parzen estimator on [0, 1]: equal parts of a normal around each value that was seen and of a wide prior, all cut
 * off at the bounds.
 *
 * @param smallest least width of a kernel
 */
export const parzenDensity = (seen: readonly number[], smallest: number): Density<number> => {
  const kernels = kernelsOf(seen, smallest);
  return {
    draw: (random) => drawWithin(kernels[Math.floor(random() * kernels.length)] as Kernel, random),
    logOf: (value) => {
      let sum = 0;
      for (const { center, width, mass } of kernels) sum += normalDensity((value - center) / width) / width / mass;
      return Math.log(sum / kernels.length);
    },
  };
};

/** Probabilities of choices: how often each was seen, smoothed by one observation that is spread evenly. */
export const choiceDensity = (seen: readonly number[], choices: number): Density<number> => {
  const weights = new Float64Array(choices).fill(1 / choices);
  for (const choice of seen) weights[choice] = (weights[choice] ?? 0) + 1;
  const total = seen.length + 1;
  return {
    draw: (random) => {
      let left = random() * total;
      const found = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return found < 0 ? choices - 1 : found;
    },
    logOf: (choice) => Math.log((weights[choice] as number) / total),
  };
};
