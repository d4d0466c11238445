import { emit, flow, Problem, type RunRequest, type ThenStep } from '@bellwether/contracts';
import { getJob, insertRefusedStep, listDatasets, lockOpenRun, openSteps } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptNextPeriods } from '../jobs/accept-next-periods.ts';
import { acceptPrediction } from '../jobs/accept-prediction.ts';
import { endJob } from '../jobs/end-job.ts';
import { followed } from './finish-prediction.ts';

/** A run of an automation came to its prediction: accept it as a job, or end that job with the reason why it cannot be. */
export const acceptOrder: Handler<'inference', typeof flow.predictionOrdered, Deps> = async (message, deps) => {
  const { body, tenantId } = message;
  const { jobId, runId } = body;
  const accepted = await acceptStep(tenantId, body, deps).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  return async (tx) => {
    if ((await lockOpenRun(tx, runId)) === undefined) return [];
    if (!(accepted instanceof Problem)) return (await accepted(tx)).messages;
    const { code, message: detail } = accepted;
    const refused = { id: jobId, tenant_id: tenantId, kind: 'batch-prediction', runId, code, detail } as const;
    const ended = await insertRefusedStep(tx, refused, deps.now());
    return [emit(flow.predictionFinished, ended, { jobId, id: `${jobId}:finished` })];
  };
};

interface Order {
  readonly jobId: string;
  readonly runId: string;
  readonly datasetId?: string | undefined;
}

async function acceptStep(tenantId: string, { jobId, runId, datasetId }: Order, deps: Deps) {
  const run = await getJob(deps.database.read, runId);
  const { then = [] } = JSON.parse(run?.request ?? '{}') as Partial<RunRequest>;
  const step = predictStepOf(then);
  const trained = then.find((each) => each.kind === 'train');
  const model = step.model ?? (trained?.kind === 'train' ? trained.model : '');
  if (step.periods !== undefined) {
    const { periods, name } = step;
    return await acceptNextPeriods({ tenantId, model, periods, name, step: { jobId, runId } }, deps);
  }
  const request = {
    datasetId: datasetId ?? (await newestOf(tenantId, step.dataset ?? '', deps)),
    ...(step.name === undefined ? {} : { name: step.name }),
  };
  return await acceptPrediction({ tenantId, model, request, step: { jobId, runId } }, deps);
}

function predictStepOf(then: readonly ThenStep[]) {
  const step = then.find(({ kind }) => kind === 'predict');
  if (step?.kind === 'predict') return step;
  throw new Problem(409, 'step-missing', 'The run has no step that predicts.');
}

/** The newest dataset of a name that is ready, whatever made it. */
async function newestOf(tenantId: string, name: string, { database }: Deps): Promise<string> {
  const [newest] = await listDatasets(database.read, tenantId, { name, status: 'ready', limit: 1 });
  if (newest !== undefined) return newest.id;
  throw new Problem(404, 'dataset-not-found', `There is no dataset of the name ${name} that is ready.`);
}

/** A run ended: of one that failed or was cancelled, the prediction that is under way ends too. */
export const cancelStep: Handler<'inference', typeof flow.automationFinished, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: `Run ${body.jobId} of its automation ended.` } as const;
  return async (tx) => {
    const ends = [];
    for (const job of await openSteps(tx, body.jobId, 'batch-prediction')) {
      ends.push(...followed(job, await endJob(tx, job.id, end, now())));
    }
    return ends;
  };
};
