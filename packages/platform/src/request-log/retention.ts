import type { DatabaseSync } from 'node:sqlite';

export interface RetentionLimits {
  /** rows kept, about; default 1,000,000 */
  readonly maxRows?: number;
  /** milliseconds for which rows are kept; default 30 days */
  readonly maxAge?: number;
  /** bytes that the log may fill, about; default 2 GiB */
  readonly maxBytes?: number;
}

/** Old rows go in steps of so many, so that no request waits for a large deletion. */
const step = 500;
const writesBetweenSteps = 250;

/**
 * Keeps a request log within its limits. Each step deletes twice what was written since the one before, at most, so the
 * log catches up without a pause.
 *
 * @returns to be called inside each writing transaction, with the rows written and the time
 */
export function retention(database: DatabaseSync, limits: RetentionLimits): (written: number, now: number) => void {
  const { maxRows = 1_000_000, maxAge = 30 * 86_400_000, maxBytes = 2 * 1024 ** 3 } = limits;
  // Two subqueries, because one query with both `min` and `max` reads the whole table.
  const ends = database.prepare(`
    select (select min(sequence) from request_log) as oldest, (select max(sequence) from request_log) as newest`);
  const usedBytes = database.prepare(`
    select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count, pragma_freelist_count, pragma_page_size`);
  const firstYoung = database.prepare(`
    select sequence from request_log where sequence < ? and at >= ? order by sequence limit 1`);
  const remove = database.prepare('delete from request_log where sequence < ?');
  let sinceLast = writesBetweenSteps;

  /** Sequence below which rows are to go. */
  function boundary(oldest: number, newest: number, now: number): number {
    const end = Math.min(oldest + step, newest + 1);
    if ((usedBytes.get()?.bytes as number) > maxBytes) return end;
    const byRows = Math.min(end, newest - maxRows + 1);
    const young = firstYoung.get(end, now - maxAge)?.sequence;
    return Math.max(byRows, typeof young === 'number' ? young : end);
  }

  return (written, now) => {
    sinceLast += written;
    if (sinceLast < writesBetweenSteps) return;
    sinceLast = 0;
    const { oldest, newest } = ends.get() as { oldest: number | null; newest: number | null };
    if (oldest !== null && newest !== null) remove.run(boundary(oldest, newest, now));
  };
}
