import type { ForecastFitTable } from '@bellwether/database';
import { globalWindows, type PanelIndex } from '@bellwether/forecasting';
import { modelKey } from './keys.ts';

/** Below so many values a model takes less time than a message and a process for it. */
const fewValues = 100_000;

/** How many messages the models over all items are fitted by: one each, or one for all of a small panel. */
export function globalFitCount({ plan, facts }: Pick<PanelIndex, 'plan' | 'facts'>): number {
  if (plan.boostedTrees === undefined) return 0;
  return facts.values < fewValues ? 1 : globalWindows(plan).length + 1;
}

/** The models of one such message: of windows, oldest first, and at last the one that forecasts. */
export function modelsOf(index: Pick<PanelIndex, 'plan' | 'facts'>, position: number): (number | 'final')[] {
  const all = [...globalWindows(index.plan), 'final' as const];
  return globalFitCount(index) === 1 ? all : all.slice(position, position + 1);
}

/** Keys of the models over all items, by the window before which they were learned. */
export function globalModelKeys(
  index: Pick<PanelIndex, 'plan' | 'facts'>,
  fits: readonly ForecastFitTable[],
): Map<number | 'final', string> {
  return new Map(
    fits
      .filter(({ stage }) => stage === 'global')
      .flatMap(({ position, output_key }) =>
        modelsOf(index, position).map((window) => [window, modelKey(output_key ?? '', window)] as const),
      ),
  );
}
