// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the path's length

/**
 * The features on the way to a node, each once: with what share of the rows that lack it (`zero`) and with what share of
 * the explained row (`one`, 0 or 1) one comes here, and the weight of subsets by their size. Lundberg et al.: Consistent
 * Individualized Feature Attribution for Tree Ensembles (2018), algorithm 2.
 *
 * Paths of all levels lie one after the other in the same arrays; the functions take where one begins.
 */
export interface PathArena {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Room for the paths of all levels of a tree. */
export const createPathArena = (depth: number): PathArena => {
  const length = ((depth + 2) * (depth + 3)) / 2;
  return {
    feature: new Int32Array(length),
    zero: new Float64Array(length),
    one: new Float64Array(length),
    weight: new Float64Array(length),
  };
};

/** Copies the first `length` entries of a path. */
export const copyPath = ({ feature, zero, one, weight }: PathArena, from: number, length: number, to: number): void => {
  for (const array of [feature, zero, one, weight]) array.copyWithin(to, from, from + length);
};

/** Adds a feature to the path of `length` entries at `at`. */
export const extendPath = (
  arena: PathArena,
  at: number,
  length: number,
  feature: number,
  zero: number,
  one: number,
): void => {
  const { weight } = arena;
  arena.feature[at + length] = feature;
  arena.zero[at + length] = zero;
  arena.one[at + length] = one;
  weight[at + length] = length === 0 ? 1 : 0;
  for (let i = length - 1; i >= 0; i--) {
    weight[at + i + 1]! += (one * weight[at + i]! * (i + 1)) / (length + 1);
    weight[at + i] = (zero * weight[at + i]! * (length - i)) / (length + 1);
  }
};

/** Undoes the extension by the entry `index` of a path whose last entry is `last`. */
export const unwindPath = (arena: PathArena, at: number, last: number, index: number): void => {
  const { feature, zero, one, weight } = arena;
  const [oneShare, zeroShare] = [one[at + index]!, zero[at + index]!];
  let next = weight[at + last]!;
  for (let i = last - 1; i >= 0; i--) {
    if (oneShare !== 0) {
      const before = weight[at + i]!;
      weight[at + i] = (next * (last + 1)) / ((i + 1) * oneShare);
      next = before - (weight[at + i]! * zeroShare * (last - i)) / (last + 1);
    } else {
      weight[at + i] = (weight[at + i]! * (last + 1)) / (zeroShare * (last - i));
    }
  }
  for (let i = index; i < last; i++) {
    feature[at + i] = feature[at + i + 1]!;
    zero[at + i] = zero[at + i + 1]!;
    one[at + i] = one[at + i + 1]!;
  }
};

/** The sum of weights that the path would have without its entry `index`. */
export const unwoundSum = ({ zero, one, weight }: PathArena, at: number, last: number, index: number): number => {
  const [oneShare, zeroShare] = [one[at + index]!, zero[at + index]!];
  let next = weight[at + last]!;
  let sum = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (oneShare !== 0) {
      const share = (next * (last + 1)) / ((i + 1) * oneShare);
      sum += share;
      next = weight[at + i]! - (share * zeroShare * (last - i)) / (last + 1);
    } else if (zeroShare !== 0) {
      sum += (weight[at + i]! * (last + 1)) / (zeroShare * (last - i));
    }
  }
  return sum;
};
