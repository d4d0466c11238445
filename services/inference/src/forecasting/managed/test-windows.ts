import { mixtureName } from '@bellwether/contracts/forecast-table';
import { maseScale, type PanelIndex, predictors, type Series } from '@bellwether/forecasting';
import type { ItemPeriods } from './read-forecasts.ts';
import type { TestedPeriods } from './table-lines.ts';

const baseline = 'seasonal-naive';

/** Periods without a value repeat the one before. */
function filled(values: Float64Array): Float64Array {
  let last = Number.NaN;
  const repeated = values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
  return repeated.subarray(
    Math.max(
      0,
      repeated.findIndex((value) => !Number.isNaN(value)),
    ),
  );
}

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
  const history = filled(values.subarray(0, origin));
  const about = { window, actual, scale: maseScale(values.subarray(0, origin), seasonLengths), first: forecast.first };
  const usual = seasonLengths.filter((length) => history.length >= length);
  const naive = predictors[baseline]?.forecast(history, { horizon, seasonLengths: usual });
  return [
    { ...about, ...forecast, model: mixtureName },
    { ...about, ...forecast, quantiles: [], model },
    ...(naive === undefined ? [] : [{ ...about, mean: naive, quantiles: [], model: baseline }]),
  ];
}
