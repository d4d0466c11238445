import { mixtureName } from '@bellwether/contracts/forecast-table';
import { baseline, baselineName, fillGaps, maseScale, type PanelIndex, type Series } from '@bellwether/forecasting';
import type { ItemPeriods } from './read-forecasts.ts';
import type { TestedPeriods } from './table-lines.ts';

/**
 * A backtest window of an item: what SageMaker forecast of it, as the whole and under its own name, and beside it the
 * seasonal naive from the same history.
 *
 * @param model by what SageMaker's is called
 * @returns nothing where the item has no value in the window
 */
export function testedWindow(
  { first, values }: Series,
  window: number,
  forecast: ItemPeriods,
  model: string,
  { seasonLengths, horizon }: PanelIndex['plan'],
): TestedPeriods[] {
  const origin = forecast.first - first;
  const actual = forecast.mean.map((_, step) => values[origin + step] ?? Number.NaN);
  if (actual.every(Number.isNaN)) return [];
  const history = values.subarray(0, origin);
  const about = { window, actual, scale: maseScale(history, seasonLengths), first: forecast.first };
  const naive = baseline(fillGaps(history, 'forward'), horizon, seasonLengths);
  return [
    { ...about, ...forecast, model: mixtureName },
    { ...about, ...forecast, quantiles: [], model },
    { ...about, mean: naive, quantiles: [], model: baselineName },
  ];
}
