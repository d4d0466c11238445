import type { DatabaseSync } from 'node:sqlite';
import type { RequestLogEntry } from './request-log.ts';

export interface RetentionLimits {
  /** rows kept, about; default 1,000,000 */
  readonly maxRows?: number;
  /** milliseconds for which rows are kept; default 30 days */
  readonly maxAge?: number;
  /** bytes that the log may fill, about; default 2 GiB */
  readonly maxBytes?: number;
  /** rows kept, about, of callers that were not known; default 10,000 */
  readonly maxStrangers?: number;
}

/** Old rows go in steps of so many, so that no request waits for a large deletion. */
const step = 500;
const writesBetweenSteps = 250;

function countRows(database: DatabaseSync, condition: string): number {
  return database.prepare(`select count(*) as rows from request_log where ${condition}`).get()?.rows as number;
}

function bytesUsed(database: DatabaseSync): () => number {
  const used = database.prepare(`
    select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count, pragma_freelist_count, pragma_page_size`);
  return () => used.get()?.bytes as number;
}

/**
 * Keeps a request log within its limits. A step deletes twice what was written since the one before, at most, so the
 * log catches up without a pause. Strangers have a small share of their own: otherwise whoever has no key could push
 * everybody's record out of the log by being refused often enough.
 *
 * @returns to be called with what was committed, outside a transaction, and the time
 */
export function retention(
  database: DatabaseSync,
  limits: RetentionLimits,
): (written: readonly RequestLogEntry[], now: number) => void {
  const { maxRows = 1_000_000, maxAge = 30 * 86_400_000, maxBytes = 2 * 1024 ** 3, maxStrangers = 10_000 } = limits;
  const usedBytes = bytesUsed(database);
  const removeOldest = database.prepare(
    'delete from request_log where sequence in (select sequence from request_log order by sequence limit ?)',
  );
  const removeStrangers = database.prepare(
    `delete from request_log where sequence in
       (select sequence from request_log where tenant_id = '' order by sequence limit ?)`,
  );
  const old = database.prepare(
    'select count(*) as rows from (select at from request_log order by sequence limit ?) where at < ?',
  );
  let rows = countRows(database, 'true');
  let strangers = countRows(database, "tenant_id = ''");
  let sinceLast = writesBetweenSteps;

  function tooMany(now: number): number {
    if (usedBytes() > maxBytes) return step;
    const aged = old.get(step, now - maxAge)?.rows as number;
    return Math.min(step, Math.max(aged, rows - maxRows));
  }

  function prune(now: number): void {
    const foreign = Math.min(step, strangers - maxStrangers);
    if (foreign > 0) {
      removeStrangers.run(foreign);
      rows -= foreign;
      strangers -= foreign;
    }
    const oldest = tooMany(now);
    if (oldest <= 0) return;
    rows -= removeOldest.run(oldest).changes as number;
    strangers = countRows(database, "tenant_id = ''");
  }

  return (written, now) => {
    rows += written.length;
    for (const { tenantId } of written) if (tenantId === '') strangers++;
    sinceLast += written.length;
    if (sinceLast < writesBetweenSteps) return;
    sinceLast = 0;
    prune(now);
  };
}
