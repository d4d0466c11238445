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
  algorithm: string;
  /** JSON */
  hyperparameters: string;
  seed: number;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** 0 to 1 */
  progress: number;
  /** JSON */
  metrics: string | null;
  /** value of the job's metric */
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
  artifact_key: string;
  artifact_bytes: number;
  trained_rows: number;
  holdout_rows: number;
  /** seconds */
  duration: number;
  created_at: number;
}
