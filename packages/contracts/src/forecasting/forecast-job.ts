import type { FoundSettings } from './found-settings.ts';

/** The steps of a forecast job, in their order. `failed` is not one: a failed job says in which step it was. */
export const forecastSteps = [
  'export',
  'import',
  'train-predictors',
  'backtest',
  'forecast',
  'export-results',
  'notify',
  'clean-up',
] as const;
export type ForecastStep = (typeof forecastSteps)[number];

/** A predictor as the pipeline runs it. */
export interface PlannedPredictor {
  /** our name of it */
  readonly name: string;
  /** as it was asked for, where that is another name */
  readonly askedAs?: string;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly windows: number;
  readonly search: boolean;
}

/** What was decided when a forecast job was accepted: `plan` of its row, which never changes. */
export interface ForecastJobPlan {
  /** the tables of the warehouse, or datasets of the tenant */
  readonly source:
    | { readonly kind: 'warehouse'; readonly dataName: string; readonly dateCreate: string; readonly messageId: string }
    | { readonly kind: 'datasets' };
  /** ids of datasets; those that the job makes are decided beforehand, so that an attempt again makes the same */
  readonly datasets: {
    readonly target: string;
    /** columns known beside the target; may reach into the future */
    readonly related: string;
    readonly forecasts: string;
    readonly backtests: string;
  };
  /** columns of the target table; `item` is absent where the table is one series */
  readonly columns: { readonly item?: string; readonly time: string; readonly target: string };
  /** columns whose future values are known; absent: all that the related table has */
  readonly known?: readonly string[];
  /** periods */
  readonly horizon: number;
  /** as asked; absent: inferred from the stamps */
  readonly frequency?: string;
  /** IANA name; absent: UTC */
  readonly timeZone?: string;
  /** what becomes of negative values; `rare-forward`: they are errors where they are rare. Absent: kept */
  readonly negatives?: 'keep' | 'forward' | 'zero' | 'rare-forward';
  /** ascending */
  readonly quantiles: readonly number[];
  readonly windows: number;
  /** absent: all that suit the data, weighted by backtest */
  readonly predictors?: readonly PlannedPredictor[];
  /** all that suit the data as well, and how; absent: what `predictors` says */
  readonly automatic?: { readonly windows: number; readonly search: boolean };
  /** AutoML of SageMaker finds the forecaster; absent: the predictors here are it */
  readonly managed?: {
    /** AutoML's names; absent: all that it has, and their ensemble */
    readonly algorithms?: readonly string[];
  };
  /** what happened to names that are not ours, a sentence each */
  readonly notes: readonly string[];
  readonly performDelete: boolean;
  readonly seed: number;
}

/** How far a forecast job is: `result` of its row, kept by ingest, who advances it. */
export interface ForecastJobProgress {
  readonly step: ForecastStep;
  /** when each step began, in milliseconds since the epoch */
  readonly began: Partial<Record<ForecastStep, number>>;
  /** whether there is a related table */
  readonly related?: boolean;
  /** whether there are validation values */
  readonly validation?: boolean;
  /** the prepared series: an object that lists their chunks */
  readonly panelKey?: string;
  /** version of the job's forecaster */
  readonly version?: number;
  readonly notes: readonly string[];
  /** by model, what was searched for and found */
  readonly hyperparameters?: Readonly<Record<string, FoundSettings>>;
  /** datasets that came out; no backtests where every history is too short for one */
  readonly datasets?: { readonly forecasts: string; readonly backtests?: string };
  /** of the whole on its backtests, by metric */
  readonly metrics?: Readonly<Record<string, number>>;
  /** the same of each model alone, and of `ensemble`, which is the whole */
  readonly models?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** a failed job may still have to be cleaned up: it stays a failure */
  readonly failure?: { readonly step: ForecastStep; readonly code: string; readonly detail: string };
  /** services that have removed what was theirs */
  readonly discarded?: readonly string[];
}
