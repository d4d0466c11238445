import type { Frequency } from '../frequency/frequency.ts';

/** A column beside the target; categories are stored as their place in `categories`. */
export type PanelColumn =
  | { readonly name: string; readonly kind: 'number' }
  | { readonly name: string; readonly kind: 'category'; readonly categories: readonly string[] };

/** What all series of a panel have in common; small, and the same in every chunk. */
export interface PanelSchema {
  readonly frequency: Frequency;
  /** Columns known ahead: prices, promotions, holidays. */
  readonly known: readonly PanelColumn[];
  /** Attributes of items that do not change. */
  readonly attributes: readonly PanelColumn[];
}

/** One item on the grid of the panel's periods. */
export interface Series {
  readonly item: string;
  /** Period index of the first value. */
  readonly first: number;
  /** One value a period, without gaps in time; NaN is missing. */
  readonly values: Float64Array;
  /** One array a known column of the schema, from `first` on, as far into the future as is known; NaN is missing. */
  readonly known: readonly Float64Array[];
  /** One number an attribute of the schema; NaN is missing. */
  readonly attributes: Float64Array;
}

/** Part of a panel, as it is stored in one file. */
export interface PanelChunk {
  readonly schema: PanelSchema;
  readonly series: readonly Series[];
}
