// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of features
import { z } from 'zod';

/** `linear`: x·z; `rbf`: exp(-gamma ‖x - z‖²). */
export const Kernel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('linear') }),
  z.strictObject({ type: z.literal('rbf'), gamma: z.number().positive() }),
]);
export type Kernel = z.infer<typeof Kernel>;

/** Dot product of `count` numbers of `a` from `aFrom` and of `b` from `bFrom`. */
export const dotAt = (a: Float64Array, aFrom: number, b: Float64Array, bFrom: number, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[aFrom + i]! * b[bFrom + i]!;
  return sum;
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
