// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of features
import { z } from 'zod';

/** `linear`: x·z; `rbf`: exp(-gamma ‖x - z‖²). */
export const Kernel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('linear') }),
  z.strictObject({ type: z.literal('rbf'), gamma: z.number().positive() }),
]);
export type Kernel = z.infer<typeof Kernel>;

/**
 * Dot product of `count` numbers of `a` from `aFrom` and of `b` from `bFrom`. Four sums side by side, since one alone
 * waits for each addition to end before it starts the next.
 */
export const dotAt = (a: Float64Array, aFrom: number, b: Float64Array, bFrom: number, count: number): number => {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    first += a[aFrom + i]! * b[bFrom + i]!;
    second += a[aFrom + i + 1]! * b[bFrom + i + 1]!;
    third += a[aFrom + i + 2]! * b[bFrom + i + 2]!;
    fourth += a[aFrom + i + 3]! * b[bFrom + i + 3]!;
  }
  for (; i < count; i++) first += a[aFrom + i]! * b[bFrom + i]!;
  return first + second + third + fourth;
};

export const squaredDistanceAt = (
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  count: number,
): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const difference = a[aFrom + i]! - b[bFrom + i]!;
    sum += difference * difference;
  }
  return sum;
};

/** `gamma: "scale"` of scikit-learn: 1 / (features × variance of all cells), 1 when they are all equal. */
export const scaledGamma = (x: Float64Array, features: number): number => {
  const mean = x.reduce((sum, value) => sum + value / x.length, 0);
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2 / x.length, 0);
  return variance > 0 ? 1 / (features * variance) : 1;
};
