/** Writer: training, as of all tables in this file. */
export interface TrialTable {
  id: string;
  job_id: string;
  tenant_id: string;
  model: string;
  /** place in the plan, from 0 */
  position: number;
  /** `champion`: the present champion is only evaluated again, on this job's held-out rows */
  kind: 'candidate' | 'champion';
  /** place of its candidate in the plan; null for the champion */
  candidate: number | null;
  algorithm: string;
  /** JSON */
  hyperparameters: string;
  /** 1: learns log(1 + target) */
  log_target: number;
  seed: number;
  /** loss on the first fold above which the trial is stopped, decided before its round began; null: never */
  prune_above: number | null;
  /** `pruned`: stopped, as hopeless or because the budget was spent */
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'pruned';
  /** 0 to 1 */
  progress: number;
  /** JSON: on the held-out rows */
  metrics: string | null;
  /** JSON: means over the folds, and each fold's value of the job's metric */
  validation: string | null;
  /** value of the job's metric on validation, else on the held-out rows; of a pruned trial on its first fold */
  score: number | null;
  error: string | null;
  /** the version that came out, or the one that was evaluated again */
  version: number | null;
  started_at: number | null;
  finished_at: number | null;
}

export interface ModelTable {
  tenant_id: string;
  name: string;
  task: string | null;
  champion_version: number | null;
  /** raised with each change of the champion, which is compare-and-swap on it */
  revision: number;
  last_version: number;
  /** JSON: which versions are kept; null: all */
  retention: string | null;
  /** the row of a deleted model stays: its numbers must not name other versions later */
  deleted_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface ModelVersionTable {
  tenant_id: string;
  model: string;
  version: number;
  /** unique: one version a trial, however often its message is delivered */
  trial_id: string;
  job_id: string;
  dataset_id: string;
  algorithm: string;
  /** JSON: hyperparameters, inputs, metrics */
  hyperparameters: string;
  task: string;
  target: string;
  inputs: string;
  metrics: string;
  /** JSON; null where nothing was validated */
  validation_metrics: string | null;
  log_target: number;
  seed: number;
  /** where it was trained */
  backend: 'local' | 'sagemaker';
  /** the release that trained it */
  code_version: string;
  /** JSON */
  tags: string;
  /** JSON: how the features were made of an uploaded dataset; null where they were uploaded as they are */
  recipe: string | null;
  artifact_key: string;
  artifact_bytes: number;
  trained_rows: number;
  holdout_rows: number;
  /** seconds */
  duration: number;
  created_at: number;
}
