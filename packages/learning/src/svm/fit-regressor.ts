import type { Matrix } from '../preprocessing/encode-frame.ts';
import { gatherSupportVectors } from './gather-support-vectors.ts';
import { createKernelRows } from './kernel-rows.ts';
import type { SupportVectors, SvmOptions } from './options.ts';
import { solveDual } from './smo.ts';

/**
 * Epsilon-support-vector regression: errors up to `epsilon` (in units of `y`) cost nothing. Each row has two dual
 * variables, for errors above and below; the row's coefficient is their difference.
 */
export const fitSupportVectorRegressor = (
  x: Matrix,
  y: Float64Array,
  options: SvmOptions & { readonly epsilon: number },
  onViolation: (violation: number) => void,
): SupportVectors => {
  const { rows } = x;
  const linear = new Float64Array(2 * rows);
  const signs = new Int8Array(2 * rows);
  for (const [row, value] of y.entries()) {
    linear[row] = options.epsilon - value;
    linear[row + rows] = options.epsilon + value;
    signs[row] = 1;
    signs[row + rows] = -1;
  }
  const { alpha, rho, iterations, converged } = solveDual({
    ...options,
    bounds: { negative: options.C, positive: options.C },
    kernel: createKernelRows(x, options.kernel, options.cacheBytes),
    signs,
    linear,
    onViolation,
  });
  const dense = Float64Array.from({ length: rows }, (_, row) => (alpha[row] as number) - (alpha[row + rows] as number));
  const { vectors, coefficients } = gatherSupportVectors(x, [dense], new Float64Array(rows));
  return { vectors, coefficients, intercepts: Float64Array.of(-rho), classVectors: [], iterations, converged };
};
