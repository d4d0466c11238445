import type { KernelRows } from './kernel-rows.ts';

/**
 * The dual problem of a support vector machine: minimise ½ αᵀQα + linear·α with signs·α = 0 and 0 ≤ α ≤ bound, where
 * Q[s][t] = signs[s] signs[t] K[s mod n][t mod n] and n is the number of kernel rows. A classifier has one variable a
 * row, a regressor two.
 */
export interface DualProblem {
  readonly kernel: KernelRows;
  /** +1 or -1 a variable */
  readonly signs: Int8Array;
  readonly linear: Float64Array;
  /** of the variables of either sign */
  readonly bounds: { readonly negative: number; readonly positive: number };
  /** stop when the largest violation of the optimality conditions is smaller */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onViolation?: (violation: number) => void;
}

export interface DualSolution {
  readonly alpha: Float64Array;
  /** the decision function is Σ signs α K - rho */
  readonly rho: number;
  readonly iterations: number;
  readonly converged: boolean;
}
