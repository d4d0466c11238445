/** Writer: inference. One row a dataset of predictions, made with it. */
export interface PredictionTable {
  /** the dataset of predictions */
  dataset_id: string;
  tenant_id: string;
  job_id: string;
  /** the dataset whose rows were predicted */
  source_id: string;
  model: string;
  version: number;
  task: 'regression' | 'classification';
  target: string;
  prediction_column: string;
  /** JSON: `[{label, column}]` */
  probabilities: string;
  created_at: number;
}

/** Writer: metrics. */
export interface EvaluationTable {
  id: string;
  tenant_id: string;
  /** unique: one evaluation a job, however often its message is delivered */
  job_id: string;
  predictions_id: string;
  actuals_id: string;
  task: 'regression' | 'classification';
  actual_column: string;
  prediction_column: string;
  /** null: rows were tied by their order */
  row_id: string | null;
  row_count: number;
  /** JSON */
  metrics: string;
  /** of the predictions, where they are ours */
  model: string | null;
  version: number | null;
  created_at: number;
}
