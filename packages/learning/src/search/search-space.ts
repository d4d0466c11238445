/** One hyperparameter that a search varies. `log` draws evenly over orders of magnitude; bounds are inclusive. */
export type SearchDimension =
  | { readonly kind: 'float'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly kind: 'int'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] };

/** Hyperparameters that a search varies, by name; all others keep their defaults. */
export type SearchSpace = Readonly<Record<string, SearchDimension>>;

/** What a learner may look at to bound its search. */
export interface SearchFacts {
  readonly task: 'regression' | 'classification';
  /** rows of the training part */
  readonly rows: number;
  /** input columns of the table */
  readonly inputs: number;
}
