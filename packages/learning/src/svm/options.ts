import type { Kernel } from './kernel.ts';

export interface SvmOptions {
  readonly kernel: Kernel;
  /** inverse strength of the penalty, the upper bound of the dual variables */
  readonly C: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly cacheBytes: number;
}

/** Rows with a dual coefficient, and what the decision functions make of their kernel values. */
export interface SupportVectors {
  /** row-major, `features` numbers a row */
  readonly vectors: Float64Array;
  /** one row of coefficients a decision function, one column a support vector */
  readonly coefficients: Float64Array;
  /** one a decision function, added to the sum */
  readonly intercepts: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}
