// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the arrays' lengths
import { dot, type Evaluated } from './line-search.ts';

/** What one step said about the curvature. */
export interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

const memory = 10;

const addScaled = (target: Float64Array, factor: number, source: Float64Array): void => {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * source[i]!;
};

/** The largest component. */
export const largest = (gradient: Float64Array): number =>
  gradient.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

/** The two-loop recursion (Nocedal and Wright, "Numerical Optimization", algorithm 7.4). */
export const descentDirection = (gradient: Float64Array, corrections: readonly Correction[]): Float64Array => {
  const direction = gradient.map((value) => -value);
  const weights = new Float64Array(corrections.length);
  for (let k = corrections.length - 1; k >= 0; k--) {
    const { step, change, rho } = corrections[k]!;
    weights[k] = rho * dot(step, direction);
    addScaled(direction, -weights[k]!, change);
  }
  const last = corrections.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  }
  for (const [k, { step, change, rho }] of corrections.entries()) {
    addScaled(direction, weights[k]! - rho * dot(change, direction), step);
  }
  return direction;
};

const correctionOf = (before: Evaluated, after: Evaluated): Correction | undefined => {
  const step = after.point.map((value, i) => value - before.point[i]!);
  const change = after.gradient.map((value, i) => value - before.gradient[i]!);
  const product = dot(step, change);
  return product > 1e-14 * dot(change, change) ? { step, change, rho: 1 / product } : undefined;
};

/** The corrections after a step, the newest last; one whose curvature is not positive is left out. */
export const remember = (
  corrections: readonly Correction[],
  before: Evaluated,
  after: Evaluated,
): readonly Correction[] => {
  const correction = correctionOf(before, after);
  return correction === undefined ? corrections : [...corrections, correction].slice(-memory);
};
