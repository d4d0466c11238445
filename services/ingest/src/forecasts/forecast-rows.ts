import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import { type JobTable, queuedJob } from '@bellwether/database';

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
  return queuedJob({
    id,
    tenant_id: tenantId,
    kind: 'forecast',
    model,
    // Of a pipeline, its dataset is still to be made.
    dataset_id: plan.source.kind === 'datasets' ? plan.datasets.target : null,
    request,
    plan: JSON.stringify(plan),
    result: JSON.stringify(progress),
    created_at: now,
  });
}

export const planOf = (job: JobTable): ForecastJobPlan => JSON.parse(job.plan ?? '{}');
export const progressOf = (job: JobTable): ForecastJobProgress => JSON.parse(job.result ?? '{}');
