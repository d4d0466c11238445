// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by `count`
import { z } from 'zod';

// looking up a global is slow inside of a vm context, such as a test's
const { abs, tanh } = Math;

export const Activation = z.enum(['relu', 'tanh']);
export type Activation = z.infer<typeof Activation>;

/**
 * Replaces the first `count` sums by what the units answer. The rectifier is written without a branch, which would be
 * mispredicted every other time.
 */
export const activate = (activation: Activation, units: Float64Array, count: number): void => {
  if (activation === 'relu') for (let i = 0; i < count; i++) units[i] = (units[i]! + abs(units[i]!)) / 2;
  else for (let i = 0; i < count; i++) units[i] = tanh(units[i]!);
};

/** Multiplies the first `count` numbers of `delta` with the derivative at the units' answers. */
export const multiplyDerivative = (
  activation: Activation,
  units: Float64Array,
  delta: Float64Array,
  count: number,
): void => {
  if (activation === 'relu') for (let i = 0; i < count; i++) delta[i]! *= +(units[i]! > 0);
  else for (let i = 0; i < count; i++) delta[i] = delta[i]! * (1 - units[i]! * units[i]!);
};
