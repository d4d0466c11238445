// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrix' columns
import { solveSymmetric } from '../numeric/cholesky.ts';
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { centredMoments, type LinearCoefficients, withIntercept } from './centred-moments.ts';

/**
 * Least squares with an L2 penalty: minimises ‖y - Xw - b‖² + alpha ‖w‖², the intercept free, by the normal equations
 * of the centred columns. `alpha` as in scikit-learn's `Ridge`.
 */
export const fitRidge = (
  x: Matrix,
  y: Float64Array,
  alpha: number,
  onProgress: (fraction: number) => void,
): LinearCoefficients => {
  const { gram, moments, ...means } = centredMoments(x, y, (fraction) => onProgress(0.8 * fraction));
  for (let i = 0; i < x.columns; i++) gram[i * x.columns + i]! += alpha;
  solveSymmetric(gram, moments);
  return withIntercept(moments, means);
};
