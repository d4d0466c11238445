import type { ForecastJobPlan } from '@bellwether/contracts';
import type { PanelIndex } from '@bellwether/forecasting';

type Columns = ForecastJobPlan['columns'];

/** What the child process is asked: plain data and paths of local files. */
export type PartTask =
  | {
      readonly kind: 'part';
      readonly index: PanelIndex;
      readonly columns: Columns;
      readonly chunk: string;
      readonly backtests: string;
      readonly summary: string;
      readonly globalModel?: string;
      /** CSV files to write */
      readonly forecastsCsv: string;
      readonly backtestsCsv: string;
    }
  | {
      readonly kind: 'merge';
      readonly index: PanelIndex;
      readonly columns: Columns;
      /** CSV files of all parts, in their order */
      readonly forecastsCsv: readonly string[];
      readonly backtestsCsv: readonly string[];
      readonly folder: string;
      /** Parquet files to write */
      readonly forecasts: string;
      readonly backtests: string;
    };
