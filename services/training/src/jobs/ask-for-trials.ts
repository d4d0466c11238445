import { emit, flow } from '@bellwether/contracts';
import { insertTrials, type JobTable, type TrialTable, type Tx } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import type { PlannedTrial } from '../domain/plan-round.ts';

/**
 * Adds trials to a job and asks for each.
 *
 * @param from how many trials the job has had so far
 */
export async function askForTrials(
  tx: Tx,
  job: JobTable,
  trials: readonly PlannedTrial[],
  from: number,
  deps: Pick<Deps, 'newId'>,
) {
  const rows = trials.map((trial, index) => trialRow(job, trial, from + index, deps));
  await insertTrials(tx, rows);
  // Rounds may be asked for by the clock too, whose decisions all have one id: the trial's own id is safe.
  return rows.map(({ id }) =>
    emit(flow.trialRequested, { jobId: job.id, trialId: id }, { jobId: job.id, id: `${id}:requested` }),
  );
}

function trialRow(job: JobTable, trial: PlannedTrial, position: number, { newId }: Pick<Deps, 'newId'>): TrialTable {
  return {
    id: newId('trial'),
    job_id: job.id,
    tenant_id: job.tenant_id,
    model: job.model ?? '',
    position,
    kind: trial.kind,
    candidate: trial.candidate ?? null,
    algorithm: trial.algorithm,
    hyperparameters: JSON.stringify(trial.hyperparameters),
    log_target: trial.logTarget ? 1 : 0,
    seed: trial.seed,
    prune_above: trial.pruneAbove ?? null,
    status: 'queued',
    progress: 0,
    metrics: null,
    validation: null,
    score: null,
    error: null,
    version: trial.version ?? null,
    started_at: null,
    finished_at: null,
  };
}
