import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import type { JobTable } from '@bellwether/database';

/** What a request for a forecaster of AutoML decides; undefined for one that is trained here. */
export function managedOf(job: JobTable | undefined): ForecastJobPlan['managed'] {
  return (JSON.parse(job?.plan ?? '{}') as Partial<ForecastJobPlan>).managed;
}

/** Since when a job waits for its forecaster, in milliseconds since the epoch. */
export function waitsSince(job: JobTable): number {
  const { began } = JSON.parse(job.result ?? '{}') as Partial<ForecastJobProgress>;
  return began?.['train-predictors'] ?? job.started_at ?? job.created_at;
}
