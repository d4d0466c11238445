import { countTrials, type JobTable, type TrialCounts, type Tx, updateOpenJob } from '@bellwether/database';

/**
 * Raises a job's progress to the mean of its trials, and returns how far they are. It is never lowered: a trial that
 * is attempted again begins at 0, and nobody who watches wants to see that.
 *
 * @param job its locked row: two trials that report at once would each miss what the other did
 */
export async function raiseProgress(tx: Tx, job: Pick<JobTable, 'id' | 'progress'>): Promise<TrialCounts> {
  const counts = await countTrials(tx, job.id);
  if (counts.progress > job.progress) await updateOpenJob(tx, job.id, { progress: counts.progress });
  return counts;
}
