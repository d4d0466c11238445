/** Why a request cannot be planned, as a problem says it. */
export interface Refusal {
  /** stable, kebab-case */
  readonly code: string;
  readonly detail: string;
  /** place in the request: `predictors[0].hyperparameters.eta` */
  readonly field: string;
  readonly cure: string;
}
