import type { ForecastJobPlan } from '@bellwether/contracts';
import type { PanelIndex } from '@bellwether/forecasting';
import type { PreparedForecast } from '@bellwether/sagemaker/automl';

/** What the child process is asked: plain data and paths of local files. */
export interface CollectTask {
  readonly index: PanelIndex;
  readonly columns: ForecastJobPlan['columns'];
  readonly prepared: PreparedForecast;
  /** by what the model is called in backtests */
  readonly model: string;
  readonly chunks: readonly {
    readonly panel: string;
    /** SageMaker's answers, by run: `final`, or the number of the window */
    readonly answers: Readonly<Record<string, string>>;
  }[];
  /** CSV files to write */
  readonly forecastsCsv: string;
  readonly backtestsCsv: string;
}
