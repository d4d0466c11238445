import type { DatabaseSync } from 'node:sqlite';
import { sequenceOf } from './cursor.ts';
import { type LoggedRow, toLogged } from './logged-row.ts';
import type { RequestFilter, RequestLog } from './request-log.ts';

type Row = LoggedRow & { readonly sequence: number };

/** Rows looked at before other requests have their turn: a rare filter on a long log would stop the server. */
const window = 20_000;

const matching = `tenant_id = $tenantId and sequence > $low and sequence <= $high
  and ($path is null or substr(path, 1, length($path)) = $path) and ($status is null or status = $status)`;

const otherTurns = () => new Promise((resolve) => setImmediate(resolve));

/** Reads the log, newest first, in windows of rows. */
export function requestLogReader(database: DatabaseSync): Pick<RequestLog, 'list' | 'count'> {
  const select = database.prepare(`select * from request_log where ${matching} order by sequence desc limit $limit`);
  const counted = database.prepare(`select count(*) as rows from request_log where ${matching}`);
  const ends = database.prepare(
    `select coalesce((select min(sequence) from request_log), 1) as oldest,
            coalesce((select max(sequence) from request_log), 0) as newest`,
  );

  /** Goes down from `from` until `visit` has enough. */
  async function inWindows(from: number | undefined, visit: (low: number, high: number) => boolean): Promise<void> {
    const { oldest, newest } = ends.get() as { oldest: number; newest: number };
    for (let high = Math.min(from ?? newest, newest); high >= oldest; high -= window) {
      if (visit(high - window, high)) return;
      await otherTurns();
    }
  }

  const parameters = ({ tenantId, path, status }: RequestFilter) => ({
    $tenantId: tenantId,
    $path: path ?? null,
    $status: status ?? null,
  });

  return {
    async list({ limit, cursor, ...filter }) {
      const rows: Row[] = [];
      const from = cursor === undefined ? undefined : sequenceOf(cursor) - 1;
      await inWindows(from, ($low, $high) => {
        const $limit = limit + 1 - rows.length;
        rows.push(...(select.all({ ...parameters(filter), $low, $high, $limit }) as unknown as Row[]));
        return rows.length > limit;
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const requests = page.map(toLogged);
      return rows.length > limit && last !== undefined ? { requests, nextCursor: String(last.sequence) } : { requests };
    },
    async count(filter) {
      let rows = 0;
      await inWindows(undefined, ($low, $high) => {
        rows += counted.get({ ...parameters(filter), $low, $high })?.rows as number;
        return false;
      });
      return rows;
    },
  };
}
