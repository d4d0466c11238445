import type { Batches, Cell } from './table.ts';

/** What a pipeline's parameters, forecasts and metrics are stored under. */
export interface ForecastKey {
  /** `DataName` of the message */
  readonly dataName: string;
  /** `dateCreate` of the message, `YYYYMMDD` */
  readonly dateCreate: string;
}

/** What of a pipeline's row is to change; what is absent stays as it is. */
export interface ParametersChange {
  /** in periods */
  readonly forecastHorizon?: number | null;
  readonly numberOfBacktestWindows?: number | null;
  readonly performDelete?: boolean | null;
  /** as Amazon Forecast writes it: `D`, `W`, `M`, `15min` */
  readonly forecastFrequency?: string | null;
  readonly messageId?: string | null;
  /** a word for people who look at the table */
  readonly status?: string;
  /** why it failed, or what it waits for */
  readonly reason?: string | null;
  /** The flag is taken back here, and set only together with rows: `writeResults`, `markForecastAvailable`. */
  readonly forecastAvailable?: false;
}

/** A pipeline as people who look into the warehouse see it. */
export interface ParametersRow extends ForecastKey {
  readonly forecastHorizon: number | null;
  readonly numberOfBacktestWindows: number | null;
  readonly performDelete: boolean | null;
  readonly forecastFrequency: string | null;
  readonly messageId: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  readonly forecastAvailable: boolean;
  /** ISO 8601, UTC */
  readonly createdAt: string;
  /** ISO 8601, UTC */
  readonly updatedAt: string;
}

/** The forecast of one item for one period. */
export interface ForecastRow {
  readonly itemId: string;
  /** ISO 8601; without an offset it is UTC */
  readonly timestamp: string;
  readonly mean: number | null;
  /** one for each of the levels, in their order */
  readonly quantiles: readonly (number | null)[];
}

export interface MetricRow {
  /** which model, or `ensemble` */
  readonly model: string;
  /** measured on a window of the history, or on the validation values that came later */
  readonly source: 'backtest' | 'validation';
  /** 1 is the latest; null: over all */
  readonly backtestWindow: number | null;
  /** null: over all */
  readonly itemId: string | null;
  /** such as `WAPE` or `wQL[0.9]` */
  readonly metric: string;
  /** null where it is not defined */
  readonly value: number | null;
}

export interface ForecastResults {
  /** levels of the quantiles, between 0 and 1 */
  readonly levels: readonly number[];
  readonly forecasts: Batches<ForecastRow>;
  readonly metrics: Batches<MetricRow>;
}

/** `p90` for 0.9 and `p2.5` for 0.025: the name of a quantile among the statistics. */
export const quantileName = (level: number): string => `p${Number((level * 100).toFixed(6))}`;

/** The rows of a forecast as they are stored: one for the mean and one for each quantile. */
export function storedForecasts(key: ForecastKey, levels: readonly number[], row: ForecastRow): Cell[][] {
  const head = [key.dataName, key.dateCreate, row.itemId, row.timestamp];
  return [
    [...head, 'mean', null, row.mean],
    ...levels.map((level, index) => [...head, quantileName(level), level, row.quantiles[index] ?? null]),
  ];
}

/** The row of a metric as it is stored. */
export const storedMetric = (key: ForecastKey, row: MetricRow): Cell[] => [
  key.dataName,
  key.dateCreate,
  row.model,
  row.source,
  row.backtestWindow,
  row.itemId,
  row.metric,
  row.value,
];
