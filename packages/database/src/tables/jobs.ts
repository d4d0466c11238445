import type { JobKind, JobStatus } from '@bellwether/contracts';
import type { Generated } from 'kysely';

/** Writer: the service that accepted the job, named by `kind`. */
export interface JobTable {
  id: string;
  tenant_id: string;
  kind: JobKind;
  status: JobStatus;
  /** 0 to 1 */
  progress: number;
  model: string | null;
  dataset_id: string | null;
  /** the run of an automation that it is a step of */
  parent_id: string | null;
  /** JSON: what was asked, with defaults filled in */
  request: string;
  /** JSON: what was decided before the work began */
  plan: string | null;
  /** JSON */
  result: string | null;
  error_code: string | null;
  error_detail: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
}

/** Writer: metrics, which projects the messages it hears into timelines. */
export interface JobEventTable {
  sequence: Generated<number>;
  /** unique: a message that is delivered twice is one line */
  message_id: string;
  job_id: string;
  tenant_id: string;
  type: string;
  at: number;
  /** JSON */
  body: string;
}
