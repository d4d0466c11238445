import type { PanelIndex } from '@bellwether/forecasting';
import type { PreparedForecast } from '@bellwether/sagemaker/automl';

/** What the child process is asked: plain data and paths of local files. */
export interface TablesTask {
  readonly index: PanelIndex;
  /** of all chunks, in their order */
  readonly chunks: readonly string[];
  /** where tables are written: to `train` and to `runs` */
  readonly folder: string;
}

export interface WrittenTables {
  readonly prepared: PreparedForecast;
  /** names within `train` and within `runs` */
  readonly train: readonly string[];
  readonly runs: readonly string[];
}
