import type { JobTable } from '../tables/jobs.ts';

/** What differs from job to job when it is accepted. */
export type NewJob = Pick<JobTable, 'id' | 'tenant_id' | 'kind' | 'created_at'> &
  Partial<Pick<JobTable, 'model' | 'dataset_id' | 'parent_id' | 'plan' | 'result'>> & {
    /** what was asked, with defaults filled in; stored as JSON */
    readonly request: object;
  };

/** The row of a job that was accepted and has not begun. */
export function queuedJob({ request, ...accepted }: NewJob): JobTable {
  return {
    status: 'queued',
    progress: 0,
    model: null,
    dataset_id: null,
    parent_id: null,
    plan: null,
    result: null,
    error_code: null,
    error_detail: null,
    started_at: null,
    finished_at: null,
    ...accepted,
    request: JSON.stringify(request),
  };
}
