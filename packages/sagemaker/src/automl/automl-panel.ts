import { sageMakerPrefix } from '../places.ts';

/** Columns of the table that AutoML is given. What is known ahead follows them. */
export const automlColumns = { item: 'item_id', time: 'timestamp', target: 'target_value' } as const;

/** What AutoML takes of other columns. */
export const mostNumbers = 13;
export const mostCategories = 10;

/** AutoML forecasts no item of fewer values. */
export const fewestValues = 4;

/** Where what a forecast and SageMaker exchange lies in the bucket. */
export function automlPlaces(tenantId: string, jobId: string) {
  const prefix = `${sageMakerPrefix}${tenantId}/${jobId}/`;
  return {
    /** all of it */
    prefix,
    /** what AutoML learns from */
    train: `${prefix}train/`,
    /** what its model forecasts from */
    runs: `${prefix}runs/`,
    /** written last: when it is there, the tables are complete */
    prepared: `${prefix}prepared.json`,
    /** of AutoML: models and reports */
    models: `${prefix}automl`,
    /** of the transform job */
    forecasts: `${prefix}forecasts`,
  };
}

/** The file of a run: `final` forecasts what comes, a number the backtest window, 1 the latest. */
export const runFile = (run: 'final' | number, chunk: number): string =>
  `${run === 'final' ? run : `window-${run}`}-${String(chunk).padStart(5, '0')}.csv`;

/**
 * By what an item is called there. Its own name would come back changed where it looks like a number, and is none of
 * SageMaker's business.
 */
export const itemCode = (chunk: number, place: number): string => `c${chunk}i${place}`;

/** What was written for a forecast, as JSON: what its orders say, and how to read what comes back. */
export interface PreparedForecast {
  /** AutoML's way of saying it */
  readonly frequency: string;
  readonly horizon: number;
  /** ascending */
  readonly quantiles: readonly number[];
  readonly filling: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** period that each backtest window begins with, the latest first; none where the history is too short */
  readonly windows: readonly number[];
  /** runs that have a file, by chunk: a chunk of items without a history has none */
  readonly runs: readonly (readonly ('final' | number)[])[];
  /** items that have too few values for AutoML */
  readonly short: number;
}

/** A forecaster that AutoML found: an object of training's that inference reads. */
export interface ManagedForecaster {
  readonly panelKey: string;
  readonly candidate: string;
  readonly containers: readonly {
    readonly image: string;
    readonly artifact: string;
    readonly environment: Readonly<Record<string, string>>;
  }[];
  /** what is to be known of it, a sentence each */
  readonly notes: readonly string[];
}
