/**
 * A table in memory, by columns: what `datasets` reads and `learning` consumes. Missing is `NaN` in a numeric column
 * and code -1 in a categorical one; typed arrays, so that a worker receives them without a copy.
 */
export interface Frame {
  readonly rows: number;
  readonly columns: readonly FrameColumn[];
}

export type FrameColumn = NumericColumn | CategoricalColumn;

export interface NumericColumn {
  readonly name: string;
  readonly type: 'numeric';
  /** one value a row; a timestamp is milliseconds since the epoch, a boolean 0 or 1 */
  readonly values: Float64Array;
}

export interface CategoricalColumn {
  readonly name: string;
  readonly type: 'categorical';
  /** one code a row, an index of `levels`, or -1 for missing */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}
