import type { PanelChunk, Series } from '../panel/series.ts';
import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';
import { itemHash } from '../plan/item-hash.ts';
import { boostedTreesName } from '../plan/model-names.ts';
import type { PanelFacts } from '../plan/panel-facts.ts';
import { hasSearchWindow } from '../plan/search-window.ts';
import type { Hyperparameters, Predictor } from '../predictors/predictor.ts';
import { predictors as allPredictors } from '../predictors/predictors.ts';
import { candidatesOf } from './search-space.ts';
import { searchWindow, type TestedItem, testedItems } from './search-window.ts';
import { tryLocal } from './try-local.ts';
import { tryTrees } from './try-trees.ts';

/** What a search has found for one model. */
export interface FoundHyperparameters {
  /** What differs from the defaults and from what was given; empty where nothing was clearly better. */
  readonly hyperparameters: Hyperparameters;
  readonly tries: number;
  /** Mean absolute scaled error on the window of the search, of what was found and of what there was before. */
  readonly error: number;
  readonly errorBefore: number;
}

export type FoundByModel = Readonly<Record<ModelName, FoundHyperparameters>>;

/** Items that candidates are tested on. */
const sampleSize = 100;
/** So much better than what there was: less is chance. */
const leastGain = 0.01;

const best = (candidates: readonly Hyperparameters[], errors: readonly number[]): FoundHyperparameters => {
  const known = errors.map((error) => (Number.isNaN(error) ? Number.POSITIVE_INFINITY : error));
  const [errorBefore = Number.POSITIVE_INFINITY] = known;
  const least = Math.min(...known);
  const place = least < (1 - leastGain) * errorBefore ? known.indexOf(least) : 0;
  return {
    hyperparameters: candidates[place] ?? {},
    tries: candidates.length,
    error: known[place] ?? errorBefore,
    errorBefore,
  };
};

const sampleOf = (sample: readonly Series[], more: readonly Series[]): Series[] =>
  [...sample, ...more]
    .map((series) => ({ series, hash: itemHash(series.item, 1) }))
    .sort((a, b) => a.hash - b.hash || (a.series.item < b.series.item ? -1 : 1))
    .slice(0, sampleSize)
    .map(({ series }) => series);

/**
 * Searches for the hyperparameters of the models that a plan says: a dozen combinations drawn by seed, each fitted before the
 * window that precedes the reported ones and tested on it, over a sample of items. So what is found knows no value of a
 * reported backtest.
 *
 * @param chunks all of the panel, read once
 * @param registry local predictors by name
 * @returns by model; empty where the histories are too short for such a window
 */
export const searchHyperparameters = async (
  chunks: Iterable<PanelChunk> | AsyncIterable<PanelChunk>,
  plan: ForecastPlan,
  facts: PanelFacts,
  registry: Readonly<Record<string, Predictor>> = allPredictors,
): Promise<FoundByModel> => {
  const wanted = Object.entries(plan.search ?? {});
  if (wanted.length === 0 || !hasSearchWindow(plan)) return {};
  const trees = plan.search?.[boostedTreesName];
  const rounds =
    trees === undefined ? undefined : tryTrees(plan, facts, candidatesOf(boostedTreesName, trees, plan.seed));
  let sample: Series[] = [];
  let first: PanelChunk | undefined;
  for await (const chunk of chunks) {
    first ??= chunk;
    sample = sampleOf(
      sample,
      chunk.series.filter((one) => searchWindow(one, plan) !== undefined),
    );
    rounds?.add(chunk);
  }
  if (first === undefined) return {};
  const tested: TestedItem[] = testedItems(sample, plan);
  const found: Record<ModelName, FoundHyperparameters> = {};
  for (const [model, open] of wanted) {
    const candidates = candidatesOf(model, open, plan.seed);
    const errors =
      model === boostedTreesName
        ? await rounds?.errors(first.schema, tested)
        : candidates.map((candidate) => tryLocal(model, candidate, tested, plan, registry));
    const result = best(candidates, errors ?? []);
    // Infinite where nothing could be fitted: then nothing was tried.
    if (Number.isFinite(result.errorBefore)) found[model] = result;
  }
  return found;
};

/** The hyperparameters alone, by model. */
export const hyperparametersIn = (found: FoundByModel): Record<ModelName, Hyperparameters> =>
  Object.fromEntries(Object.entries(found).map(([model, { hyperparameters }]) => [model, hyperparameters]));
