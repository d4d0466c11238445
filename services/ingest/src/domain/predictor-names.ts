import { nearestNames } from '@bellwether/datasets';
import { amazonAlgorithm, amazonForecastNames, boostedTreesName, predictors } from '@bellwether/forecasting';

const own = [...Object.keys(predictors), boostedTreesName];

/** What a predictor's name stands for. */
export interface NamedPredictors {
  /** our names; empty: the automatic choice */
  readonly models: readonly string[];
  /** what became of a name that is not ours */
  readonly note?: string;
}

/**
 * Finds predictors by our name, by it with `log-` before it for the logarithm of the target, or by the name that Amazon
 * Forecast has for an algorithm.
 *
 * @returns undefined where there is none
 */
export function predictorsNamed(name: string): NamedPredictors | undefined {
  if (own.includes(name)) return { models: [name] };
  const plain = name.replace(/^log-/, '');
  if (plain !== boostedTreesName && own.includes(plain)) return { models: [name] };
  const algorithm = amazonAlgorithm(name);
  if (algorithm === undefined) return undefined;
  const { models, reason } = algorithm;
  const chosen = models.length === 0 ? 'the automatic choice' : models.join(' and ');
  return { models, note: `${name} stands for ${chosen}. ${reason}` };
}

/** The names most like one that there is not. */
export const namesLike = (name: string): string[] => nearestNames(name, [...own, ...Object.keys(amazonForecastNames)]);
