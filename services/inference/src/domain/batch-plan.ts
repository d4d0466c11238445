import type { Column, Roles } from '@bellwether/contracts';

/** What a batch prediction does, decided when it is accepted and kept in its job's row. */
export interface BatchPlan {
  readonly version: number;
  /** where the rows are predicted; absent: here */
  readonly backend?: 'sagemaker';
  readonly task: 'regression' | 'classification';
  /** what the version predicts, as it was called in training */
  readonly target: string;
  /** the columns of the dataset that the model takes, and as what they are read */
  readonly inputs: readonly Column[];
  /** the dataset to make */
  readonly datasetId: string;
  readonly name: string;
  readonly roles: Roles;
  readonly predictionColumn: string;
  /** so many next periods of each item are predicted, and no rows of the dataset */
  readonly periods?: number;
  /** empty where there are none, or too many */
  readonly probabilities: readonly { readonly label: string | number | boolean; readonly column: string }[];
  /** regression, when asked for */
  readonly interval?: IntervalColumns;
}

/** Columns of where each value lies, with a coverage from 0.5 to 0.99. */
export interface IntervalColumns {
  readonly coverage: number;
  readonly lower: string;
  readonly upper: string;
}
