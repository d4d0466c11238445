import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { groupCommit } from './group-commit.ts';
import { requestLogReader } from './read-requests.ts';
import type { RequestLog, RequestLogEntry } from './request-log.ts';
import { type RetentionLimits, retention } from './retention.ts';

export interface SqliteRequestLogOptions extends RetentionLimits {
  /** a file of its own, so that its commits wait for nobody else's; its folder is made */
  readonly path: string;
  /** `normal` survives a killed process, `full` also the loss of power; default `normal` */
  readonly durability?: 'normal' | 'full';
  /** milliseconds since the epoch, for the retention by age */
  readonly now?: () => number;
}

/** No index by tenant: it cost each answer a tenth of its time. Reads go down the log by windows of rows anyway. */
const schema = `
  create table if not exists request_log (
    sequence integer primary key,
    tenant_id text not null,
    status integer not null,
    path text not null,
    method text not null,
    service text not null,
    id text not null,
    at integer not null,
    duration real not null,
    request text,
    response text
  ) strict;
  create index if not exists request_log_strangers on request_log (sequence) where tenant_id = '';
`;

function openFile(path: string, durability: 'normal' | 'full'): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 1_000 });
  // A checkpoint syncs to disk on the event loop: with SQLite's 1,000 pages one log write in a hundred took 2 ms,
  // and with it its answers. The write-ahead log stays below 41 MB.
  const checkpoint = 'pragma wal_autocheckpoint = 10000';
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${durability}; ${checkpoint}`);
  database.exec(schema);
  return database;
}

/** Durations are read by people: a tenth of a microsecond is no information and four bytes more. */
const rounded = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;

/**
 * Opens the request log of the embedded runtime: all entries of one turn of the event loop in one transaction.
 *
 * @throws when the file cannot be opened or is no database
 */
export function openSqliteRequestLog(options: SqliteRequestLogOptions): RequestLog {
  const { now = Date.now } = options;
  const database = openFile(options.path, options.durability ?? 'normal');
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const insert = database.prepare(
    `insert into request_log (tenant_id, status, path, method, service, id, at, duration, request, response)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const prune = retention(database, options);

  function write(entries: readonly RequestLogEntry[]): void {
    begin.run();
    try {
      for (const e of entries) {
        const duration = rounded(e.duration);
        const response = e.response ?? null;
        insert.run(
          e.tenantId,
          e.status,
          e.path,
          e.method,
          e.service,
          e.id,
          e.at,
          duration,
          e.request ?? null,
          response,
        );
      }
      commit.run();
    } catch (error) {
      // A full disk may have rolled back by itself already.
      if (database.isOpen && database.isTransaction) database.exec('rollback');
      throw error;
    }
    try {
      prune(entries, now());
    } catch {
      // The entries are durable whatever becomes of old ones; the next step tries again.
    }
  }

  const group = groupCommit(write);
  return {
    append: group.append,
    ...requestLogReader(database),
    async close() {
      if (!database.isOpen) return;
      group.flush();
      database.close();
    },
  };
}
