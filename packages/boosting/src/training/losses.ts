// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked before training
import type { Parameters } from './parameters.ts';
import type { Labelled } from './workspace.ts';

/** Mean loss over rows, given their scores by group. */
export type Loss = (scores: readonly Float32Array[], rows: Labelled) => number;

type RowLoss = (target: number, row: number, scores: readonly Float32Array[]) => number;

const leastProbability = 1e-16;

const crossEntropy: RowLoss = (target, row, scores) => {
  const highest = scores.reduce((most, group) => Math.max(most, group[row]!), Number.NEGATIVE_INFINITY);
  const sum = scores.reduce((total, group) => total + Math.exp(group[row]! - highest), 0);
  return -Math.log(Math.max(leastProbability, Math.exp(scores[target]![row]! - highest) / sum));
};

const pinball = (difference: number, alpha: number): number =>
  difference >= 0 ? alpha * difference : (alpha - 1) * difference;

const rowLossOf = (parameters: Parameters): RowLoss => {
  const { quantile_alpha, tweedie_variance_power: power, num_class } = parameters;
  switch (parameters.objective) {
    case 'reg:squarederror':
      return num_class > 0
        ? (target, row, scores) =>
            scores.reduce((sum, group, k) => sum + (group[row]! - (k === target ? 1 : 0)) ** 2, 0)
        : (target, row, scores) => (target - scores[0]![row]!) ** 2;
    case 'reg:squaredlogerror':
      return (target, row, scores) => (Math.log1p(target) - Math.log1p(Math.max(-1 + 1e-6, scores[0]![row]!))) ** 2;
    case 'reg:absoluteerror':
      return (target, row, scores) => Math.abs(target - scores[0]![row]!);
    case 'reg:quantileerror':
      return (target, row, scores) =>
        scores.reduce((sum, group, k) => sum + pinball(target - group[row]!, quantile_alpha[k]!), 0) / scores.length;
    case 'binary:logistic':
      return (target, row, scores) => {
        const score = scores[0]![row]!;
        return Math.max(0, score) - score * target + Math.log1p(Math.exp(-Math.abs(score)));
      };
    case 'multi:softprob':
      return crossEntropy;
    case 'count:poisson':
      return (target, row, scores) => Math.exp(scores[0]![row]!) - target * scores[0]![row]!;
    case 'reg:tweedie':
      return (target, row, scores) => {
        const score = scores[0]![row]!;
        return Math.exp((2 - power) * score) / (2 - power) - (target * Math.exp((1 - power) * score)) / (1 - power);
      };
  }
};

/** The loss that early stopping watches; for squared errors the mean square, whose root falls with it. */
export const lossOf = (parameters: Parameters): Loss => {
  const rowLoss = rowLossOf(parameters);
  return (scores, { y, weights }) => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < y.length; row++) {
      const weight = weights?.[row] ?? 1;
      sum += weight * rowLoss(y[row]!, row, scores);
      total += weight;
    }
    return total > 0 ? sum / total : 0;
  };
};
