import type { TrialTable } from '../tables/models.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

const ended = ['succeeded', 'failed', 'cancelled', 'pruned'] as const;

export async function insertTrials(tx: Tx, rows: readonly TrialTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 500) {
    await tx
      .insertInto('trials')
      .values(rows.slice(start, start + 500))
      .execute();
  }
}

export async function getTrial(db: Queryable, id: string): Promise<TrialTable | undefined> {
  return await db.selectFrom('trials').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A job's trials in the order of its plan. */
export async function trialsOf(db: Queryable, jobId: string): Promise<TrialTable[]> {
  return await db.selectFrom('trials').selectAll().where('job_id', '=', jobId).orderBy('position').execute();
}

/** Changes a trial that has not ended. False when it had: a terminal state never changes. */
export async function updateOpenTrial(tx: Tx, id: string, change: Partial<TrialTable>): Promise<boolean> {
  const result = await tx
    .updateTable('trials')
    .set(change)
    .where('id', '=', id)
    .where('status', 'not in', ended)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends all trials of a job that have not ended. */
export async function cancelOpenTrials(tx: Tx, jobId: string, now: number): Promise<void> {
  await tx
    .updateTable('trials')
    .set({ status: 'cancelled', finished_at: now })
    .where('job_id', '=', jobId)
    .where('status', 'not in', ended)
    .execute();
}

export interface TrialCounts {
  readonly all: number;
  readonly ended: number;
  /** sum of the trials' progress: one that has ended counts as 1 */
  readonly done: number;
}

/** How far a job's trials are. Counted from their rows, so a trial that finished twice counts once. */
export async function countTrials(db: Queryable, jobId: string): Promise<TrialCounts> {
  const rows = await db.selectFrom('trials').select(['status', 'progress']).where('job_id', '=', jobId).execute();
  const done = rows.filter((row) => (ended as readonly string[]).includes(row.status));
  const under = rows.reduce((sum, row) => sum + (done.includes(row) ? 0 : row.progress), 0);
  return { all: rows.length, ended: done.length, done: done.length + under };
}
