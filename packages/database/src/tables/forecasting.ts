/** Writer: training. One part of a forecaster that is fitted by one message. */
export interface ForecastFitTable {
  id: string;
  job_id: string;
  tenant_id: string;
  /**
   * `search`: hyperparameters; `global`: the model over all items at one origin; `chunk`: predictors and backtests of one chunk of items; `managed`:
   * the whole forecaster, on SageMaker
   */
  stage: 'search' | 'global' | 'chunk' | 'managed';
  /** place within its stage, from 0 */
  position: number;
  status: 'queued' | 'succeeded' | 'failed';
  /** the object that came out */
  output_key: string | null;
  error_code: string | null;
  error_detail: string | null;
  finished_at: number | null;
}

/** Writer: training. A trained forecaster; its artifact lists the objects that it consists of. */
export interface ForecasterTable {
  tenant_id: string;
  model: string;
  version: number;
  /** unique: one forecaster a job */
  job_id: string;
  dataset_id: string;
  /** JSON: horizon, frequency, predictors and how many items */
  summary: string;
  artifact_key: string;
  created_at: number;
}

/** Writer: inference. The forecasts of one chunk of items. */
export interface ForecastPartTable {
  id: string;
  job_id: string;
  tenant_id: string;
  position: number;
  status: 'queued' | 'succeeded' | 'failed';
  output_key: string | null;
  error_code: string | null;
  error_detail: string | null;
  finished_at: number | null;
}
