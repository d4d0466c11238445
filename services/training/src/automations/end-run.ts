import { emit, flow } from '@bellwether/contracts';
import { endOpenJob, type JobEnd, type Tx } from '@bellwether/database';

/** Ends a run once; who has work for it under way hears of it and ends that. */
export async function endRun(tx: Tx, runId: string, end: JobEnd, now: number) {
  const ended = await endOpenJob(tx, runId, end, now);
  if (ended === undefined) return [];
  return [emit(flow.automationFinished, ended, { jobId: runId, id: `${runId}:finished` })];
}
