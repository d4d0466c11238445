import { countTrials, type JobTable, type TrialCounts, type Tx, updateOpenJob } from '@bellwether/database';
import { jobProgress } from '../domain/job-progress.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';

/**
 * Raises a job's progress to where its trials are, and returns how far they are. It is never lowered: a trial that
 * is attempted again begins at 0, and nobody who watches wants to see that.
 *
 * @param job its locked row: two trials that report at once would each miss what the other did
 * @param now milliseconds since the epoch
 */
export async function raiseProgress(
  tx: Tx,
  job: Pick<JobTable, 'id' | 'progress' | 'plan' | 'started_at'>,
  now: number,
): Promise<TrialCounts> {
  const counts = await countTrials(tx, job.id);
  const plan = JSON.parse(job.plan ?? '{"candidates":[]}') as TrainingPlan;
  const progress = jobProgress(plan, { ...counts, elapsed: now - (job.started_at ?? now) });
  if (progress > job.progress) await updateOpenJob(tx, job.id, { progress });
  return counts;
}
