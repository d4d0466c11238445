import type { ForecastJobPlan } from '@bellwether/contracts';
import { mixtureName, quantileColumn } from '@bellwether/contracts/forecast-table';
import { type CsvColumn, csvLine } from '@bellwether/datasets';
import {
  type ChunkBacktests,
  type Frequency,
  type ItemForecast,
  latestWindows,
  type MemberQuantiles,
  maseScale,
  type PanelIndex,
  periodClock,
  reportedWindows,
  type Series,
} from '@bellwether/forecasting';

type Columns = ForecastJobPlan['columns'];

const stampType = ({ unit }: Frequency): CsvColumn['type'] =>
  unit === 'minute' || unit === 'hour' ? 'TIMESTAMP' : 'DATE';

/** Columns of the forecasts: item and time under their names in the table, the mean, and one a quantile. */
export function forecastColumns({ schema, plan }: PanelIndex, { item, time }: Columns): CsvColumn[] {
  return [
    ...(item === undefined ? [] : [{ name: item, type: 'VARCHAR' } as const]),
    { name: time, type: stampType(schema.frequency) },
    { name: 'mean', type: 'DOUBLE' },
    ...plan.quantiles.map((level) => ({ name: quantileColumn(level), type: 'DOUBLE' }) as const),
  ];
}

/** Columns of the backtests: a row a window, model and period; window 1 is the item's latest. */
export function backtestColumns(index: PanelIndex, columns: Columns): CsvColumn[] {
  const [mean, ...quantiles] = forecastColumns(index, columns).slice(columns.item === undefined ? 1 : 2);
  return [
    ...forecastColumns(index, columns).slice(0, columns.item === undefined ? 1 : 2),
    { name: 'window', type: 'BIGINT' },
    { name: 'model', type: 'VARCHAR' },
    { name: 'actual', type: 'DOUBLE' },
    ...(mean === undefined ? [] : [mean]),
    ...quantiles,
    { name: 'scale', type: 'DOUBLE' },
  ];
}

interface Writer {
  readonly index: PanelIndex;
  readonly columns: Columns;
}

function rowHead({ index, columns }: Writer, item: string): (period: number) => (string | null)[] {
  const nameOf = periodName(index);
  return (period) => [...(columns.item === undefined ? [] : [item]), nameOf(period)];
}

/** How a period is written: as a day, or as an instant where periods are shorter. */
export function periodName(index: PanelIndex): (period: number) => string {
  const { stampOf } = periodClock(index.schema.frequency);
  const isShort = stampType(index.schema.frequency) === 'TIMESTAMP';
  return (period) => (isShort ? new Date(stampOf(period)).toISOString() : localDay(stampOf(period), index));
}

/** The day by which a period is named, in the zone of the table. */
function localDay(at: number, { schema }: PanelIndex): string {
  const { timeZone } = schema.frequency;
  if (timeZone === undefined) return new Date(at).toISOString().slice(0, 10);
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
}

/** Lines of an item's forecasts. */
export function forecastLines(writer: Writer, { item, first, mean, quantiles }: ItemForecast): string {
  const head = rowHead(writer, item);
  return Array.from(mean, (value, step) =>
    csvLine([...head(first + step), value, ...quantiles.map((values) => values[step] ?? null)]),
  ).join('');
}

/**
 * Lines of an item's backtests: of each model, in as many windows as it was asked for, and in those that all models have
 * of the mixture, with quantiles where there were residuals.
 *
 * @param quantilesOf as `memberQuantiles` of the plan has them
 */
export function backtestLines(
  writer: Writer,
  forecast: ItemForecast,
  backtest: ChunkBacktests['items'][number],
  { first: firstPeriod, values }: Pick<Series, 'first' | 'values'>,
  quantilesOf: MemberQuantiles,
): string {
  const { plan } = writer.index;
  const { windows } = backtest;
  const head = rowHead(writer, forecast.item);
  const none = plan.quantiles.map(() => null);
  const reported = latestWindows(windows, plan.windows);
  const newest = reported.at(-1)?.window ?? 0;
  return reported
    .map((members) => {
      const { window, origin, actual, forecasts } = members;
      const history = values.subarray(0, origin);
      const isNonNegative = !history.some((value) => value < 0);
      const number = newest - window + 1;
      const scale = maseScale(history, plan.seasonLengths);
      const line = (model: string, mean: Float64Array, quantiles: readonly Float64Array[] = []) =>
        Array.from(actual, (value, step) => {
          const place = [...head(firstPeriod + origin + step), number, model];
          const levels = quantiles.length === 0 ? none : quantiles.map((level) => level[step] ?? null);
          return csvLine([...place, value, mean[step] ?? null, ...levels, scale]);
        }).join('');
      const tested = Object.entries(forecasts).filter(([model]) => number <= reportedWindows(plan, model));
      const mixed = forecast.windows.find(({ first }) => first === firstPeriod + origin);
      return [
        ...(mixed === undefined ? [] : [line(mixtureName, mixed.mean, mixed.quantiles)]),
        ...tested.map(([model, mean]) => line(model, mean, quantilesOf(model, backtest, members, isNonNegative))),
      ].join('');
    })
    .join('');
}
