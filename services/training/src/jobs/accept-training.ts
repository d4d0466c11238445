import { emit, flow, Problem, type TrainingRequest } from '@bellwether/contracts';
import { type DatasetTable, insertJob, type JobTable, jobDocument, queuedJob, type Tx } from '@bellwether/database';
import { learnerOf, parseHyperparameters } from '@bellwether/learning';
import type { Deps } from '../deps.ts';
import { type DecidedRequest, decidedRequest } from '../domain/decided-request.ts';
import { planTraining, type TableFacts } from '../domain/plan-training.ts';
import { chooseBackend } from './choose-backend.ts';

/** Which step of which run the job is to be. */
interface Step {
  readonly jobId: string;
  readonly runId: string;
}

/**
 * Checks what can be checked before the job is accepted: candidates always, the rest when the dataset is ready. What
 * has to wait for the dataset is checked by the planner, and fails the job.
 *
 * @throws Problem naming the field
 */
export function acceptTraining(
  {
    tenantId,
    model,
    dataset,
    request: asked,
    step,
  }: { tenantId: string; model: string; dataset: DatasetTable; request: TrainingRequest; step?: Step },
  deps: Deps,
) {
  const request = chooseBackend(asked, deps.config);
  for (const [index, candidate] of (request.candidates ?? []).entries()) checkCandidate(candidate, index);
  if (dataset.status === 'rejected') {
    throw new Problem(409, 'dataset-rejected', `Dataset ${dataset.id} was rejected.`, {
      field: 'datasetId',
      cure: 'Mend its problems and upload it again.',
      problems: JSON.parse(dataset.problems),
    });
  }
  const decided = dataset.status === 'ready' ? decide(request, dataset) : request;
  const job = { ...newJob(tenantId, model, decided, deps), ...(step && { id: step.jobId, parent_id: step.runId }) };
  return async (tx: Tx) => {
    await insertJob(tx, job);
    return {
      body: { job: jobDocument(job) },
      messages: [emit(flow.trainingRequested, { jobId: job.id }, { jobId: job.id })],
    };
  };
}

/** The request with its defaults: the answer says which task was chosen and why. */
function decide(request: TrainingRequest, dataset: DatasetTable): DecidedRequest {
  const planned = planTraining(request, tableFacts(dataset));
  if (planned.ok) return decidedRequest(request, planned.plan);
  const { code, detail, field, cure } = planned.refusal;
  throw new Problem(422, code, detail, { field, cure });
}

/** @param at what stands before the name of the field */
export function checkCandidate(
  { algorithm, hyperparameters = {} }: NonNullable<TrainingRequest['candidates']>[number],
  index: number,
  at = '',
): void {
  const fault = parseHyperparameters(learnerOf(algorithm), hyperparameters);
  if (fault.ok) return;
  throw new Problem(422, fault.code, fault.detail, {
    field: `${at}candidates[${index}].hyperparameters.${fault.field}`,
    cure: fault.cure,
  });
}

/** What the planner needs of a ready dataset's row. */
export function tableFacts(dataset: DatasetTable): TableFacts {
  return {
    schema: JSON.parse(dataset.schema ?? '[]'),
    profile: JSON.parse(dataset.profile ?? '{"rows":0,"columns":[]}'),
    roles: JSON.parse(dataset.roles),
  };
}

function newJob(tenantId: string, model: string, request: DecidedRequest, { newId, now }: Deps): JobTable {
  return queuedJob({
    id: newId('job'),
    tenant_id: tenantId,
    kind: 'training',
    model,
    dataset_id: request.datasetId,
    request,
    created_at: now(),
  });
}
