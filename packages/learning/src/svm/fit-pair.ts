import type { Matrix } from '../preprocessing/encode-frame.ts';
import type { DualSolution } from './dual-problem.ts';
import { createKernelRows } from './kernel-rows.ts';
import type { SvmOptions } from './options.ts';
import { solveDual } from './smo.ts';

/** How much the rows of either sign count. */
export interface PairWeights {
  readonly negative: number;
  readonly positive: number;
}

/** C-support-vector classification of two classes. */
export const fitPair = (
  x: Matrix,
  signs: Int8Array,
  weights: PairWeights,
  options: SvmOptions,
  onViolation: (violation: number) => void,
): DualSolution =>
  solveDual({
    ...options,
    bounds: { negative: options.C * weights.negative, positive: options.C * weights.positive },
    kernel: createKernelRows(x, options.kernel, options.cacheBytes),
    signs,
    linear: new Float64Array(x.rows).fill(-1),
    onViolation,
  });
