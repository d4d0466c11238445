// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the arrays' lengths
import { dot, type Evaluated, type Objective, searchLine } from './line-search.ts';

export interface LbfgsOptions {
  /** stop when no component of the gradient is larger */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onIteration?: (largestGradient: number) => void;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

const memory = 10;

const addScaled = (target: Float64Array, factor: number, source: Float64Array): void => {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * source[i]!;
};

const largest = (gradient: Float64Array): number => gradient.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

/** The two-loop recursion (Nocedal and Wright, "Numerical Optimization", algorithm 7.4). */
const descentDirection = (gradient: Float64Array, corrections: readonly Correction[]): Float64Array => {
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

/** Minimises a smooth function from `start` by L-BFGS with ten corrections (Liu and Nocedal 1989). */
export const minimize = (objective: Objective, start: Float64Array, options: LbfgsOptions): Minimum => {
  const firstGradient = new Float64Array(start.length);
  let at: Evaluated = { point: start, value: objective(start, firstGradient), gradient: firstGradient };
  let corrections: readonly Correction[] = [];
  let iterations = 0;
  for (; iterations < options.maxIterations; iterations++) {
    const steepest = largest(at.gradient);
    options.onIteration?.(steepest);
    if (steepest <= options.tolerance) break;
    const direction = descentDirection(at.gradient, corrections);
    const firstStep = corrections.length === 0 ? Math.min(1, 1 / steepest) : 1;
    const next = searchLine(objective, at, direction, firstStep);
    if (next === undefined) break;
    const correction = correctionOf(at, next);
    if (correction !== undefined) corrections = [...corrections, correction].slice(-memory);
    at = next;
  }
  return { point: at.point, value: at.value, iterations, converged: largest(at.gradient) <= options.tolerance };
};
