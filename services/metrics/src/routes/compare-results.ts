import { setTimeout as pause } from 'node:timers/promises';
import { isOpenJob, type MetricName, Problem, underFields } from '@bellwether/contracts';
import { getJob, type JobTable, listJobs } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptEvaluation } from '../jobs/accept-evaluation.ts';

/** Below the 29 s after which API Gateway gives up. */
const longestMs = 20_000;
const everyMs = 50;

interface Pair {
  readonly actual: string;
  readonly prediction: string;
}

/**
 * `GET /results`: the evaluation of a pair of datasets, which never change. It is a job like any other, asked for by
 * the first who wants to know; those who come later are told what came out, or wait for it too.
 */
export const compareResults: Route<'compareResults', Deps> = async (request, deps) => {
  const { tenantId, query: pair, requestId, traceparent, signal } = request;
  const earlier = await earlierEvaluation(tenantId, pair, deps);
  const id = earlier?.id ?? (await evaluate(pair, { id: requestId, tenantId, traceparent }, deps));
  const job = await endOf(id, deps, signal);
  if (job.status === 'failed' || job.status === 'cancelled') {
    throw new Problem(422, job.error_code ?? 'evaluation-failed', job.error_detail ?? `The evaluation ${job.status}.`, {
      cure: 'Mend the tables, and ask again.',
    });
  }
  const { rows, metrics } = JSON.parse(job.result ?? '{}') as {
    rows?: number;
    metrics?: Partial<Record<MetricName, number>>;
  };
  const measured =
    metrics === undefined ? {} : { metrics, ...(metrics.mse === undefined ? {} : { mean_squared_error: metrics.mse }) };
  return {
    status: isOpenJob(job) ? 202 : 200,
    body: { job_id: job.id, status: job.status, ...pair, ...(rows === undefined ? {} : { rows }), ...measured },
  };
};

/** One that has not failed: its tables cannot have changed. */
async function earlierEvaluation(tenantId: string, { actual, prediction }: Pair, { database }: Deps) {
  const about = { kind: 'evaluation', datasetId: prediction, limit: 50 } as const;
  const jobs = await listJobs(database.read, tenantId, about);
  return jobs.find(
    (job) =>
      (isOpenJob(job) || job.status === 'succeeded') &&
      (JSON.parse(job.request) as { actualsId?: string }).actualsId === actual,
  );
}

async function evaluate(
  { actual, prediction }: Pair,
  cause: { readonly id: string; readonly tenantId: string; readonly traceparent: string },
  deps: Deps,
): Promise<string> {
  const request = { predictionsId: prediction, actualsId: actual };
  const fields = { predictionsId: 'prediction', predictionColumn: 'prediction', actualsId: 'actual', column: 'actual' };
  const commit = await underFields(fields, () => acceptEvaluation(cause.tenantId, request, deps));
  return await deps.perform(cause, async (tx) => {
    const { body, messages } = await commit(tx);
    return { result: body.job.id, messages };
  });
}

/** The job once it has ended, or as it stands when whoever asked cannot wait any longer. */
async function endOf(id: string, { database, now }: Deps, signal: AbortSignal): Promise<JobTable> {
  const end = now() + longestMs;
  for (;;) {
    const job = await getJob(database.read, id);
    if (job === undefined) throw new Error(`job ${id} is gone`);
    if (!isOpenJob(job) || now() >= end) return job;
    await pause(everyMs, undefined, { signal });
  }
}
