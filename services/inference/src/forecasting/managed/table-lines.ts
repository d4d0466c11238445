import type { ForecastJobPlan } from '@bellwether/contracts';
import { csvLine } from '@bellwether/datasets';
import type { PanelIndex } from '@bellwether/forecasting';
import { periodName } from '../forecast-tables.ts';
import type { ItemPeriods } from './read-forecasts.ts';

/** One model's periods of a window; quantiles where it has any. */
export interface TestedPeriods extends ItemPeriods {
  /** 1 is the latest */
  readonly window: number;
  readonly model: string;
  readonly actual: Float64Array;
  /** of MASE; NaN where there is none */
  readonly scale: number;
}

/** Writes lines of the tables of forecasts and of backtests: the same columns as of forecasts that are made here. */
export interface TableLines {
  forecasts(item: string, periods: ItemPeriods): string;
  backtests(item: string, periods: TestedPeriods): string;
}

export function tableLines(index: PanelIndex, columns: ForecastJobPlan['columns']): TableLines {
  const nameOf = periodName(index);
  const { quantiles: levels } = index.plan;
  const head = (item: string, period: number) => [...(columns.item === undefined ? [] : [item]), nameOf(period)];
  const at = ({ quantiles }: ItemPeriods, step: number) => levels.map((_, level) => quantiles[level]?.[step] ?? null);
  return {
    forecasts: (item, periods) =>
      Array.from(periods.mean, (mean, step) =>
        csvLine([...head(item, periods.first + step), mean, ...at(periods, step)]),
      ).join(''),
    backtests: (item, periods) =>
      Array.from(periods.mean, (mean, step) => {
        const { first, window, model, actual, scale } = periods;
        const place = [...head(item, first + step), window, model, actual[step] ?? null];
        return csvLine([...place, mean, ...at(periods, step), scale]);
      }).join(''),
  };
}
