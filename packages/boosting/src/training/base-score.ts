import type { Parameters } from './parameters.ts';

/** What scores start from, in the units of predictions. */
export interface Targets {
  readonly y: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

const weightedMean = ({ y, weights }: Targets): number => {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight * (y[i] as number);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
};

/** Keeps a logarithm or log-odds finite when all targets are the same. */
const leastShare = 1e-6;

/**
 * One base score a group: the constant that fits best, before any tree.
 *
 * @param quantile of the targets
 */
export const baseScores = (
  parameters: Parameters,
  groups: number,
  targets: Targets,
  quantile: (share: number) => number,
): number[] => {
  const { objective, base_score, quantile_alpha } = parameters;
  if (base_score !== undefined) return Array(groups).fill(base_score);
  switch (objective) {
    case 'reg:squarederror':
      return groups === 1 && parameters.num_class === 0 ? [weightedMean(targets)] : Array(groups).fill(0);
    case 'reg:squaredlogerror':
      return [Math.expm1(weightedMean({ ...targets, y: Float64Array.from(targets.y, Math.log1p) }))];
    case 'reg:absoluteerror':
      return [quantile(0.5)];
    case 'reg:quantileerror':
      return quantile_alpha.map(quantile);
    case 'binary:logistic':
      return [Math.min(1 - leastShare, Math.max(leastShare, weightedMean(targets)))];
    case 'multi:softprob':
      return Array(groups).fill(0.5);
    case 'count:poisson':
    case 'reg:tweedie':
      return [Math.max(leastShare, weightedMean(targets))];
  }
};
