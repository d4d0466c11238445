import { lockJob, type TrialTable, type Tx, updateOpenTrial } from '@bellwether/database';
import { raiseProgress } from './raise-progress.ts';

/**
 * Shows how far an open trial is. The job's lock before the trial's, as a cancel takes them: the other way round, MySQL
 * would find a deadlock.
 */
export async function showProgress(
  tx: Tx,
  trial: Pick<TrialTable, 'id' | 'job_id'>,
  progress: number,
  now: number,
): Promise<void> {
  const job = await lockJob(tx, trial.job_id);
  if (job !== undefined && (await updateOpenTrial(tx, trial.id, { progress }))) await raiseProgress(tx, job, now);
}
