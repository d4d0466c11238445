import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import type { JobTable } from '@bellwether/database';

export interface AcceptedForecast {
  readonly id: string;
  readonly tenantId: string;
  readonly model: string;
  /** what was asked, as the job shows it */
  readonly request: object;
  readonly plan: ForecastJobPlan;
}

/** The row of a forecast job that was accepted. */
export function forecastJob({ id, tenantId, model, request, plan }: AcceptedForecast, now: number): JobTable {
  const progress: ForecastJobProgress = { step: 'export', began: { export: now }, notes: plan.notes };
  return {
    id,
    tenant_id: tenantId,
    kind: 'forecast',
    status: 'queued',
    progress: 0,
    model,
    // Of a pipeline, its dataset is still to be made.
    dataset_id: plan.source.kind === 'datasets' ? plan.datasets.target : null,
    parent_id: null,
    request: JSON.stringify(request),
    plan: JSON.stringify(plan),
    result: JSON.stringify(progress),
    error_code: null,
    error_detail: null,
    created_at: now,
    started_at: null,
    finished_at: null,
  };
}

export const planOf = (job: JobTable): ForecastJobPlan => JSON.parse(job.plan ?? '{}');
export const progressOf = (job: JobTable): ForecastJobProgress => JSON.parse(job.result ?? '{}');
