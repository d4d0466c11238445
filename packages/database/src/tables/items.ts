/** Writer: inference. What is at hand for predictions of a model's items: which generation of `items` counts. */
export interface ItemFeaturesTable {
  tenant_id: string;
  model: string;
  /** raised with each new generation */
  revision: number;
  generation: string;
  /** the dataset from which the features were computed */
  dataset_id: string;
  /** the version whose recipe they follow */
  version: number;
  /** JSON: that recipe */
  recipe: string;
  /** JSON: columns of that dataset */
  source_schema: string;
  /** first day of the period that is predicted, in milliseconds since the epoch */
  period_start: number;
  /** the Parquet object with what is known of each item, period by period */
  history_key: string;
  item_count: number;
  /** when the version became champion */
  promoted_at: number;
  updated_at: number;
}

/** Writer: inference. Features of the next period of one item, in one generation. */
export interface ItemTable {
  generation: string;
  item: string;
  /** JSON: values by column */
  features: string;
  created_at: number;
}
