/**
 * Turns a shrinking residual into a fraction that never falls: most iterative solvers lose a constant factor a step,
 * so that the logarithm is what grows evenly.
 */
export const convergenceProgress = (
  tolerance: number,
  onProgress: (fraction: number) => void,
): ((residual: number) => void) => {
  let first: number | undefined;
  let reached = 0;
  return (residual) => {
    if (!(residual > 0)) return;
    first ??= Math.max(residual, tolerance * Math.E);
    const fraction = Math.min(1, Math.log(first / residual) / Math.log(first / tolerance));
    if (fraction > reached) {
      reached = fraction;
      onProgress(fraction);
    }
  };
};
