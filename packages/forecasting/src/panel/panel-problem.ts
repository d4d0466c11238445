/** What was found in a table, counted over all of its items. */
export interface PanelProblem {
  /** Stable, kebab-case. */
  readonly code: PanelProblemCode;
  /** `error`: no forecasts can be made; `warning`: something was changed; `note`: good to know. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly rows: number;
  readonly items: number;
  /** Up to five of them. */
  readonly examples: readonly string[];
  /** What was found and what was done about it. */
  readonly detail: string;
  readonly cure?: string;
}

export type PanelProblemCode =
  | 'no-rows'
  | 'no-values'
  | 'stamp-missing'
  | 'item-missing'
  | 'duplicates-merged'
  | 'stamps-snapped'
  | 'gaps-filled'
  | 'gaps-left'
  | 'long-gap'
  | 'leading-zeros-dropped'
  | 'negative-values'
  | 'future-values-cut'
  | 'all-zero'
  | 'constant'
  | 'short-history'
  | 'horizon-beyond-history'
  | 'frequency-uncertain'
  | 'frequencies-mixed'
  | 'season-not-found'
  | 'known-ends-early'
  | 'too-many-periods'
  | 'windows-differ'
  | 'search-skipped';
