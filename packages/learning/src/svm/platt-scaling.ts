// biome-ignore-all lint/style/noNonNullAssertion: both arrays have one entry a row
/** The probability of the positive class is 1 / (1 + exp(slope × decision + offset)). */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

const maxIterations = 100;
const leastStep = 1e-10;
/** Keeps the Hessian positive definite. */
const ridge = 1e-12;
const tolerance = 1e-5;

interface Derivatives {
  readonly gradient: readonly [number, number];
  /** of slope twice, of slope and offset, of offset twice */
  readonly hessian: readonly [number, number, number];
}

const lossAt = (decisions: Float64Array, targets: Float64Array, { slope, offset }: Sigmoid): number => {
  let loss = 0;
  for (let i = 0; i < decisions.length; i++) {
    const score = slope * decisions[i]! + offset;
    loss += Math.log1p(Math.exp(-Math.abs(score))) + (score >= 0 ? targets[i]! : targets[i]! - 1) * score;
  }
  return loss;
};

/** 1 / (1 + exp(slope × decision + offset)), without overflow. */
export const probabilityOf = ({ slope, offset }: Sigmoid, decision: number): number => {
  const score = slope * decision + offset;
  if (score < 0) return 1 / (1 + Math.exp(score));
  const power = Math.exp(-score);
  return power / (1 + power);
};

const derivativesAt = (decisions: Float64Array, targets: Float64Array, sigmoid: Sigmoid): Derivatives => {
  let [bySlope, byOffset, slopes, both, offsets] = [0, 0, ridge, 0, ridge];
  for (let i = 0; i < decisions.length; i++) {
    const decision = decisions[i]!;
    const p = probabilityOf(sigmoid, decision);
    const curvature = p * (1 - p);
    slopes += decision * decision * curvature;
    both += decision * curvature;
    offsets += curvature;
    bySlope += decision * (targets[i]! - p);
    byOffset += targets[i]! - p;
  }
  return { gradient: [bySlope, byOffset], hessian: [slopes, both, offsets] };
};

/**
 * Platt's sigmoid from decision values to the probability of the positive class, by Newton's method with
 * backtracking (Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007).
 * @param decisions of rows that did not take part in the fit
 * @param signs 1 for rows of the positive class
 */
export const fitSigmoid = (decisions: Float64Array, signs: Int8Array): Sigmoid => {
  const positives = signs.reduce((count, sign) => count + (sign > 0 ? 1 : 0), 0);
  const negatives = signs.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targets = Float64Array.from(signs, (sign) => (sign > 0 ? high : low));
  let sigmoid: Sigmoid = { slope: 0, offset: Math.log((negatives + 1) / (positives + 1)) };
  let loss = lossAt(decisions, targets, sigmoid);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const { gradient, hessian } = derivativesAt(decisions, targets, sigmoid);
    if (Math.abs(gradient[0]) < tolerance && Math.abs(gradient[1]) < tolerance) break;
    const determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
    const bySlope = -(hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
    const byOffset = -(hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    const descent = gradient[0] * bySlope + gradient[1] * byOffset;
    let step = 1;
    let next = sigmoid;
    for (; step >= leastStep; step /= 2) {
      next = { slope: sigmoid.slope + step * bySlope, offset: sigmoid.offset + step * byOffset };
      if (lossAt(decisions, targets, next) < loss + 1e-4 * step * descent) break;
    }
    if (step < leastStep) break;
    sigmoid = next;
    loss = lossAt(decisions, targets, next);
  }
  return sigmoid;
};
