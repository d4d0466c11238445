// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the loops
import type { Targets } from './base-score.ts';

/** Between the order statistics next to (n + 1) · share: Hyndman & Fan (1996), definition 6. */
const interpolated = (sorted: Float64Array, share: number): number => {
  const place = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)));
  const below = Math.floor(place);
  const low = sorted[below - 1]!;
  return below === sorted.length ? low : low + (place - below) * (sorted[below]! - low);
};

const weighted = (y: ArrayLike<number>, weights: ArrayLike<number>, share: number): number => {
  const order = Uint32Array.from({ length: y.length }, (_, i) => i).sort((a, b) => y[a]! - y[b]!);
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= share * total) return y[i]!;
  }
  return y[order.at(-1)!]!;
};

/**
 * The value below which that share of the rows lies, or of their weight, as XGBoost computes both.
 *
 * @param share 0 to 1
 * @returns 0 when there are no rows
 */
export const quantileOf = ({ y, weights }: Targets, share: number): number => {
  if (y.length === 0) return 0;
  return weights === undefined ? interpolated(Float64Array.from(y).sort(), share) : weighted(y, weights, share);
};
