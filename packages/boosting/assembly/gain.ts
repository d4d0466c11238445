import { alpha, constrained, lambda, maxDeltaStep } from './settings';

/** Whether the score of a sum is just G² / (H + lambda). */
@inline
export function isPlain(): bool {
  return alpha == 0 && maxDeltaStep == 0 && constrained == 0;
}

@inline
function shrink(gradient: f64): f64 {
  if (gradient > alpha) return gradient - alpha;
  if (gradient < -alpha) return gradient + alpha;
  return 0;
}

/** The best weight of a leaf with these sums: Chen & Guestrin (2016), equation 5, with an L1 penalty and limits. */
export function weightOf(gradient: f64, hessian: f64, lower: f64, upper: f64): f64 {
  const divisor = hessian + lambda;
  if (!(divisor > 0)) return 0;
  let weight = -shrink(gradient) / divisor;
  if (maxDeltaStep != 0) weight = max(-maxDeltaStep, min(maxDeltaStep, weight));
  return max(lower, min(upper, weight));
}

/** By how much a leaf of that weight lowers the loss, times two. */
export function scoreOf(gradient: f64, hessian: f64, weight: f64): f64 {
  return -(2 * gradient * weight + (hessian + lambda) * weight * weight) - 2 * alpha * abs(weight);
}
