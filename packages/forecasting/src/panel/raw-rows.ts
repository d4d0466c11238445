/** Values of a column as a table gives them: numbers (NaN is missing) or texts. */
export type RawColumn = Float64Array | readonly (string | number | null)[];

/** Rows of a table, column by column, in any order. */
export interface RawRows {
  readonly item: readonly string[];
  /** Milliseconds since 1970 in UTC; NaN where there was no stamp. */
  readonly at: Float64Array;
  /** NaN where there is no value, as in rows that only tell the future of known columns. */
  readonly target: Float64Array;
  readonly known: readonly RawColumn[];
  readonly attributes: readonly RawColumn[];
}

/** What becomes of rows of the same item and period. */
export type DuplicatePolicy = 'sum' | 'last' | 'mean';
/** What stands in periods without a value between an item's first and last one; `missing` leaves them to the models. */
export type GapPolicy = 'zero' | 'forward' | 'interpolate' | 'missing';

export interface RegulariseOptions {
  /** Default `sum` where periods are longer than the distance of stamps, else `last`. */
  readonly duplicates?: DuplicatePolicy;
  /** Default `interpolate`; `zero` where most items have gaps and zeros (sales written down only when there were some). */
  readonly gaps?: GapPolicy;
  /** Zeros before the first other value: the item was not on sale yet. Default false. */
  readonly dropLeadingZeros?: boolean;
  /** Negative values: kept (default), the last value that is not negative instead, or zero. */
  readonly negatives?: 'keep' | 'forward' | 'zero';
  /** Milliseconds since 1970; targets after it are cut off and told. Default: no limit. */
  readonly now?: number;
  /** Whether all items end with the panel's last period (the rest is a gap) or each with its own value (default). */
  readonly end?: 'item' | 'panel';
  /** Period index that all items are to end with where `end` is `panel`; needed where chunks are made apart. */
  readonly lastPeriod?: number;
}
