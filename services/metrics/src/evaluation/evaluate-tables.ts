import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findDataset, isJobOpen, type JobTable } from '@bellwether/database';
import { type Compared, comparePredictions } from '@bellwether/datasets';
import { watchJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { EvaluationPlan } from '../domain/evaluation-plan.ts';

export type EvaluationOutcome =
  | ({ readonly kind: 'evaluated' } & Omit<Extract<Compared, { ok: true }>, 'ok'>)
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'cancelled' };

/** Brings both tables and compares them; no file of it stays, however it ends. */
export async function evaluateTables(
  job: JobTable,
  plan: EvaluationPlan,
  { database, store, workFolder, newId }: Deps,
  signal: AbortSignal,
): Promise<EvaluationOutcome> {
  const keys: string[] = [];
  for (const id of [plan.predictionsId, plan.actualsId]) {
    const dataset = await findDataset(database.read, job.tenant_id, id);
    if (dataset?.data_key == null) {
      return { kind: 'refused', code: 'dataset-not-found', detail: `Dataset ${id} was deleted.` };
    }
    keys.push(dataset.data_key);
  }
  const [predictionsKey = '', actualsKey = ''] = keys;
  const folder = join(workFolder, newId('at'));
  await using watch = watchJob({ signal, isWanted: () => isJobOpen(database.read, job.id) });
  try {
    await mkdir(folder);
    await using predictions = await store.localCopy(predictionsKey);
    await using actuals = await store.localCopy(actualsKey);
    // One path for one table, or its rows would be tied to themselves.
    const actualsPath = actualsKey === predictionsKey ? predictions.path : actuals.path;
    const { task, column, predictionColumn, probabilities, rowId } = plan;
    const compared = await comparePredictions({
      task,
      predictions: { path: predictions.path, column: predictionColumn, probabilities },
      actuals: { path: actualsPath, column },
      tie: rowId === undefined ? { by: 'place' } : { by: 'column', column: rowId },
      folder,
      signal: watch.signal,
    });
    return outcomeOf(compared);
  } catch (error) {
    if (watch.cancelled()) return { kind: 'cancelled' };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf(compared: Compared): EvaluationOutcome {
  if (compared.ok) return { kind: 'evaluated', rows: compared.rows, metrics: compared.metrics };
  const [first] = compared.problems;
  return {
    kind: 'refused',
    code: first?.code ?? 'evaluation-failed',
    detail: compared.problems.map(({ message, cure }) => `${message} ${cure}`).join(' '),
  };
}
