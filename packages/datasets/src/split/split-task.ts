/** Ties a test row to its actual value: the 1-based row of the table that was split. */
export const rowId = 'row_id';

/**
 * How rows are chosen for the test part: at random by a seed, all rows of one value of `group` together where it is
 * given; or the last ones by a column of times.
 */
export type SplitOrder = { readonly seed: number; readonly group?: string } | { readonly timestamp: string };

export interface SplitOutputs {
  /** all columns */
  readonly train: string;
  /** `row_id` and all columns but the target */
  readonly test: string;
  /** `row_id` and the target of the test rows */
  readonly actuals: string;
}

export interface SplitTask {
  readonly kind: 'split';
  readonly source: string;
  readonly outputs: SplitOutputs;
  readonly target: string;
  /** between 0 and 1 */
  readonly testFraction: number;
  readonly order: SplitOrder;
}

export interface SplitCounts {
  readonly train: number;
  readonly test: number;
  /** rows without a time, of a split by time: all of them are in the train part */
  readonly undated: number;
}
