import { emit, flow } from '@bellwether/contracts';
import { endOpenJob, type JobEnd, type Tx } from '@bellwether/database';

/** Ends a batch prediction once; its message's id is the job's, so one is heard however often this is decided. */
export async function endJob(tx: Tx, jobId: string, end: JobEnd, now: number) {
  const ended = await endOpenJob(tx, jobId, end, now);
  return ended === undefined ? [] : [emit(flow.predictionFinished, ended, { jobId, id: `${jobId}:finished` })];
}
