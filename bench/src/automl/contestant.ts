/** What a search came to. */
export interface Found {
  /** from the table to the model, on the wall */
  readonly seconds: number;
  /** on the held-out rows */
  readonly mae: number;
  readonly rmse: number;
  /** the best model in a few words */
  readonly best: string;
}
