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
  /** row-major, `features` numbers a row; of a classifier sorted by class */
  readonly vectors: Float64Array;
  /**
   * Regression: one a support vector. Classification: `classes` - 1 rows of one a support vector. In the decision
   * between its own class and another, a vector's coefficient is in row `other` when that is below its own class, else
   * in row `other` - 1 (as in LIBSVM's models).
   */
  readonly coefficients: Float64Array;
  /** one a decision function, added to the sum */
  readonly intercepts: Float64Array;
  /** classification: how many support vectors each class has */
  readonly classVectors: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}
