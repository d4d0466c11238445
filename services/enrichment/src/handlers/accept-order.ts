import { EnrichmentRequest, emit, flow, Problem, type RunRequest } from '@bellwether/contracts';
import { getJob, insertRefusedStep, lockOpenRun, openSteps } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptEnrichment } from '../jobs/accept-enrichment.ts';
import { endJob } from '../jobs/end-job.ts';

/** A run of an automation came to its enrichment: accept it as a job, or end that job with the reason why it cannot be. */
export const acceptOrder: Handler<'enrichment', typeof flow.enrichmentOrdered, Deps> = async (message, deps) => {
  const { body, tenantId } = message;
  const { jobId, runId, datasetId = '' } = body;
  const step = { jobId, runId };
  const accepted = await enrichmentOf(runId, deps)
    .then((request) => acceptEnrichment({ tenantId, datasetId, request, step }, deps))
    .catch((error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    });
  return async (tx) => {
    if ((await lockOpenRun(tx, runId)) === undefined) return [];
    if (!(accepted instanceof Problem)) return (await accepted.commit(tx)).messages;
    const { code, message: detail } = accepted;
    const refused = { id: jobId, tenant_id: tenantId, kind: 'enrichment', runId, code, detail } as const;
    const ended = await insertRefusedStep(tx, refused, deps.now());
    return [emit(flow.enrichmentFinished, ended, { jobId, id: `${jobId}:finished` })];
  };
};

async function enrichmentOf(runId: string, { database }: Deps): Promise<EnrichmentRequest> {
  const run = await getJob(database.read, runId);
  const { then = [] } = JSON.parse(run?.request ?? '{}') as Partial<RunRequest>;
  const { kind: _, ...request } = then.find(({ kind }) => kind === 'enrich') ?? {};
  return EnrichmentRequest.parse(request);
}

/** A run ended: of one that failed or was cancelled, the enrichment that is under way ends too. */
export const cancelStep: Handler<'enrichment', typeof flow.automationFinished, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: `Run ${body.jobId} of its automation ended.` } as const;
  return async (tx) => {
    const ends = [];
    for (const { id } of await openSteps(tx, body.jobId, 'enrichment'))
      ends.push(...(await endJob(tx, id, end, now())));
    return ends;
  };
};
