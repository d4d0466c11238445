import { type EvaluationRequest, emit, flow, Problem } from '@bellwether/contracts';
import {
  type DatasetTable,
  findDataset,
  findPredictions,
  insertJob,
  jobDocument,
  queuedJob,
  type Tx,
} from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { type EvaluatedTable, planEvaluation } from '../domain/plan-evaluation.ts';

/**
 * Checks and plans an evaluation: what can be refused is refused while the caller listens.
 *
 * @returns what commits the job with its first message
 * @throws Problem naming the field
 */
export async function acceptEvaluation(tenantId: string, request: EvaluationRequest, deps: Deps) {
  const { database, newId, now } = deps;
  const predictions = tableOf(await readyDataset(tenantId, request.predictionsId, deps, 'predictionsId'));
  const { actualsId = request.predictionsId } = request;
  const actuals = tableOf(await readyDataset(tenantId, actualsId, deps, 'actualsId'));
  const origin = await findPredictions(database.read, tenantId, request.predictionsId);
  const plan = planEvaluation(request, { predictions, actuals, origin }, newId('ev'));
  const { predictionsId, task, column, predictionColumn, rowId } = plan;
  const job = queuedJob({
    id: newId('job'),
    tenant_id: tenantId,
    kind: 'evaluation',
    model: plan.model ?? null,
    dataset_id: predictionsId,
    request: { predictionsId, actualsId, task, column, predictionColumn, rowId },
    plan: JSON.stringify(plan),
    created_at: now(),
  });
  return async (tx: Tx) => {
    await insertJob(tx, job);
    return {
      body: { job: jobDocument(job) },
      messages: [emit(flow.evaluationRequested, { jobId: job.id }, { jobId: job.id })],
    };
  };
}

async function readyDataset(tenantId: string, id: string, { database }: Deps, field: string): Promise<DatasetTable> {
  const row = await findDataset(database.read, tenantId, id);
  if (row === undefined) {
    const cure = 'List what there is with GET /v1/datasets.';
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${id}.`, { field, cure });
  }
  if (row.status === 'ready') return row;
  throw new Problem(409, 'dataset-not-ready', `Dataset ${row.id} is ${row.status}.`, {
    field,
    cure: row.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
  });
}

const tableOf = ({ id, schema, roles, row_count }: DatasetTable): EvaluatedTable => ({
  id,
  schema: JSON.parse(schema ?? '[]'),
  roles: JSON.parse(roles),
  rows: row_count ?? 0,
});
