import { type Correction, descentDirection, largest, remember } from './lbfgs-memory.ts';
import { type Evaluated, type Objective, searchLine } from './line-search.ts';

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
    corrections = remember(corrections, at, next);
    at = next;
  }
  return { point: at.point, value: at.value, iterations, converged: largest(at.gradient) <= options.tolerance };
};
