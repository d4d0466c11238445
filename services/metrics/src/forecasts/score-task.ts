import type { ForecastJobPlan } from '@bellwether/contracts';
import type { Frequency } from '@bellwether/forecasting';

/** What the child process is asked: plain data and paths of local files. */
export interface ScoreTask {
  /** absent where there were none */
  readonly backtests?: string;
  readonly forecasts: string;
  /** what has come since, where the warehouse has it */
  readonly validation?: string;
  readonly columns: ForecastJobPlan['columns'];
  /** of the forecasts: values count to the period that holds them */
  readonly frequency?: Frequency;
  /** levels of the quantiles, ascending */
  readonly levels: readonly number[];
  /** where scores are written, one JSON a line */
  readonly output: string;
  readonly folder: string;
}

/** One line of the output. */
export interface ScoreLine {
  readonly model: string;
  readonly source: 'backtest' | 'validation';
  /** 1 is the latest; null: over all */
  readonly backtestWindow: number | null;
  /** null: over all */
  readonly itemId: string | null;
  readonly metric: string;
  readonly value: number | null;
}

export interface Scored {
  /** of the mixture over all items and windows, by metric */
  readonly overall: Record<string, number>;
  /** of each model, the mixture among them */
  readonly models: Record<string, Record<string, number>>;
}
