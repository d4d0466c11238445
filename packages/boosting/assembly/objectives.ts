import {
  allRows, gradients, groups, maxDeltaStep, objective, quantiles, rowCount, scalePositive, scores, targets,
  tweediePower, weights,
} from './settings';

// The codes of src/training/objectives.ts.
const SQUARED: i32 = 0;
const SQUARED_LOG: i32 = 1;
const ABSOLUTE: i32 = 2;
const QUANTILE: i32 = 3;
const LOGISTIC: i32 = 4;
const SOFTMAX: i32 = 5;
const POISSON: i32 = 6;
const TWEEDIE: i32 = 7;
const CLASS_SHARES: i32 = 8;

const LEAST_HESSIAN: f32 = 1e-16;

@inline
function weightAt(row: i32): f32 {
  return weights == 0 ? 1 : load<f32>(weights + (<usize>row << 2));
}

@inline
function scoreAt(row: i32, group: i32): f32 {
  return load<f32>(scores + (<usize>(group * allRows + row) << 2));
}

@inline
function write(row: i32, group: i32, gradient: f32, hessian: f32): void {
  const at = gradients + (<usize>(group * rowCount + row) << 3);
  store<f32>(at, gradient);
  store<f32>(at, hessian, 4);
}

@inline
function squaredLog(row: i32, score: f32, target: f32, weight: f32): void {
  const shifted: f32 = max<f32>(score, -1 + 1e-6) + 1;
  const difference = Mathf.log(shifted) - Mathf.log1p(target);
  const hessian = max<f32>((1 - difference) / (shifted * shifted), 1e-6);
  write(row, 0, difference / shifted * weight, hessian * weight);
}

@inline
function logistic(row: i32, score: f32, target: f32, weight: f32): void {
  const probability: f32 = 1 / (1 + Mathf.exp(-score));
  if (target == 1) weight *= scalePositive;
  const hessian = max<f32>(probability * (1 - probability), LEAST_HESSIAN);
  write(row, 0, (probability - target) * weight, hessian * weight);
}

@inline
function tweedie(row: i32, score: f32, target: f32, weight: f32): void {
  const one: f32 = 1 - tweediePower;
  const two: f32 = 2 - tweediePower;
  const a: f32 = target * Mathf.exp(one * score);
  const b: f32 = Mathf.exp(two * score);
  write(row, 0, (b - a) * weight, max<f32>(two * b - one * a, LEAST_HESSIAN) * weight);
}

/** Multinomial logistic loss; the hessian is doubled, as in XGBoost. */
function softmax(row: i32, target: i32, weight: f32): void {
  let highest = scoreAt(row, 0);
  for (let group = 1; group < groups; group++) highest = max<f32>(highest, scoreAt(row, group));
  let sum: f32 = 0;
  for (let group = 0; group < groups; group++) sum += Mathf.exp(scoreAt(row, group) - highest);
  for (let group = 0; group < groups; group++) {
    const probability: f32 = Mathf.exp(scoreAt(row, group) - highest) / sum;
    const hessian = max<f32>(2 * probability * (1 - probability), LEAST_HESSIAN);
    write(row, group, (probability - (group == target ? <f32>1 : <f32>0)) * weight, hessian * weight);
  }
}

@inline
function grouped(row: i32, target: f32, weight: f32): void {
  for (let group = 0; group < groups; group++) {
    const score = scoreAt(row, group);
    if (objective == QUANTILE) {
      const quantile = load<f32>(quantiles + (<usize>group << 2));
      write(row, group, (score >= target ? 1 - quantile : -quantile) * weight, weight);
    } else {
      write(row, group, (score - (<i32>target == group ? <f32>1 : <f32>0)) * weight, weight);
    }
  }
}

/** Gradients and hessians of the objective for rows `first` to `last` - 1, in all groups. */
export function computeGradients(first: i32, last: i32): void {
  for (let row = first; row < last; row++) {
    const target = load<f32>(targets + (<usize>row << 2));
    const weight = weightAt(row);
    const score = scoreAt(row, 0);
    switch (objective) {
      case SQUARED:
        write(row, 0, (score - target) * weight, weight);
        break;
      case SQUARED_LOG:
        squaredLog(row, score, target, weight);
        break;
      case ABSOLUTE:
        write(row, 0, (score > target ? <f32>1 : score < target ? <f32>-1 : <f32>0) * weight, weight);
        break;
      case LOGISTIC:
        logistic(row, score, target, weight);
        break;
      case SOFTMAX:
        softmax(row, <i32>target, weight);
        break;
      case POISSON: {
        const mean: f32 = Mathf.exp(score);
        write(row, 0, (mean - target) * weight, mean * Mathf.exp(<f32>maxDeltaStep) * weight);
        break;
      }
      case TWEEDIE:
        tweedie(row, score, target, weight);
        break;
      case QUANTILE:
      case CLASS_SHARES:
        grouped(row, target, weight);
        break;
    }
  }
}
