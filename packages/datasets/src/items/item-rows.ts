/** What a series is read from. */
export interface SeriesTables {
  /** path of the stored table with the values */
  readonly target: string;
  /** path of a stored table with columns that are known beside them, and ahead of them */
  readonly related?: string;
  /** `item` is absent where the table is one series */
  readonly columns: { readonly item?: string; readonly time: string; readonly target: string };
  /**
   * Columns beside the target, from whichever table has them; from both where one tells the past and the other the
   * future. Default: all that `related` has.
   */
  readonly known?: readonly string[];
}

/** Values of a column: numbers with NaN for missing, or texts. */
export type SeriesColumn = Float64Array | readonly (string | null)[];

/** Rows of some items, all that there are of each. */
export interface ItemRows {
  readonly item: readonly string[];
  /** milliseconds since the epoch, NaN where there is no time */
  readonly at: Float64Array;
  /** NaN where there is no value, as in rows that only tell the future of known columns */
  readonly target: Float64Array;
  /** by `known` */
  readonly known: readonly SeriesColumn[];
}
