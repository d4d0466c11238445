import { emit, flow } from '@bellwether/contracts';
import { type ForecastFitTable, insertFits, type JobTable, type Tx } from '@bellwether/database';

/**
 * Adds the fits of a stage to a forecaster and asks for each. Their ids follow from their places, so that asking twice
 * is as asking once.
 */
export async function askForFits(
  tx: Tx,
  job: Pick<JobTable, 'id' | 'tenant_id'>,
  stage: ForecastFitTable['stage'],
  count: number,
) {
  const rows = Array.from(
    { length: count },
    (_, position): ForecastFitTable => ({
      id: `${job.id}-${stage}-${position}`,
      job_id: job.id,
      tenant_id: job.tenant_id,
      stage,
      position,
      status: 'queued',
      output_key: null,
      error_code: null,
      error_detail: null,
      finished_at: null,
    }),
  );
  await insertFits(tx, rows);
  return rows.map(({ id }) =>
    emit(flow.fitRequested, { jobId: job.id, fitId: id }, { jobId: job.id, id: `${id}:requested` }),
  );
}
