import { countRequests, type Database, insertRequests, pruneRequests, selectRequests } from '@bellwether/database';
import { sequenceOf } from './cursor.ts';
import { toLogged } from './logged-row.ts';
import type { RequestLog, RequestLogEntry } from './request-log.ts';

export interface DatabaseRequestLogOptions {
  readonly database: Database;
  /** rows kept, about; default 1,000,000 */
  readonly maxRows?: number;
  /** milliseconds for which rows are kept; default 30 days */
  readonly maxAge?: number;
}

const day = 86_400_000;
/** Old rows go in small steps, so that no request waits for a large deletion. */
const rowsBetweenSteps = 1000;

/**
 * The request log of runtimes whose services are several processes: a table of the common database. Entries that come
 * while a transaction is under way share the next one, so that the log is never slower than a round trip or two.
 */
export function openDatabaseRequestLog(options: DatabaseRequestLogOptions): RequestLog {
  const { database, maxRows = 1_000_000, maxAge = 30 * day } = options;
  let waiting: { entry: RequestLogEntry; resolve: () => void; reject: (reason: unknown) => void }[] = [];
  let writing: Promise<void> | undefined;
  let sinceStep = 0;
  let closed = false;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await database.transact((tx) =>
          insertRequests(
            tx,
            group.map(({ entry }) => rowOf(entry)),
          ),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      await prune(group.length);
    }
    writing = undefined;
  }

  async function prune(written: number): Promise<void> {
    sinceStep += written;
    if (sinceStep < rowsBetweenSteps) return;
    sinceStep = 0;
    const limits = { maxRows, before: Date.now() - maxAge, limit: 2 * rowsBetweenSteps };
    // The entries are durable whatever becomes of old ones; the next step tries again.
    await database.transact((tx) => pruneRequests(tx, limits)).catch(() => undefined);
  }

  return {
    append(entry) {
      if (closed) return Promise.reject(new Error('the request log is closed'));
      return new Promise<void>((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        writing ??= Promise.resolve().then(writeAll);
      });
    },
    async list({ limit, cursor, ...filter }) {
      const before = cursor === undefined ? undefined : sequenceOf(cursor);
      const rows = await selectRequests(database.read, { ...filter, limit: limit + 1, before });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const requests = page.map(toLogged);
      return rows.length > limit && last !== undefined ? { requests, nextCursor: String(last.sequence) } : { requests };
    },
    count: (filter) => countRequests(database.read, filter),
    async close() {
      closed = true;
      await writing;
    },
  };
}

function rowOf({ tenantId, duration, request, response, ...rest }: RequestLogEntry) {
  return {
    ...rest,
    tenant_id: tenantId,
    duration: Math.round(duration * 1000) / 1000,
    request: request ?? null,
    response: response ?? null,
  };
}
