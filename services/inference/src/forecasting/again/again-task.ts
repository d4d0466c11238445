import type { ForecastJobPlan } from '@bellwether/contracts';
import type { SeriesTables } from '@bellwether/datasets';
import type { PanelIndex } from '@bellwether/forecasting';

/** What the child process is asked: plain data and paths of local files. */
export interface AgainTask {
  readonly index: PanelIndex;
  readonly columns: ForecastJobPlan['columns'];
  /** absent: all */
  readonly items?: readonly string[];
  readonly mostItems: number;
  /** of the forecaster's panel, each with its backtests */
  readonly chunks: readonly { readonly chunk: string; readonly backtests: string }[];
  readonly summary: string;
  readonly globalModel?: string;
  /** history in the place of the panel's */
  readonly history?: SeriesTables;
  /** path of a table with other values of known columns */
  readonly future?: string;
  /** milliseconds since the epoch: values after it cannot have been measured */
  readonly now: number;
  /** a table to write in the place of rows in the answer */
  readonly table?: { readonly format: 'csv' | 'parquet'; readonly path: string };
  /** for what does not fit into memory */
  readonly folder: string;
}

export interface ForecastRow {
  readonly item?: string;
  readonly time: string;
  readonly mean: number;
  readonly quantiles: Readonly<Record<string, number>>;
}

export interface AgainResult {
  /** none where a table was asked for */
  readonly forecasts: readonly ForecastRow[];
}
