import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../duckdb/measure-columns.ts';
import { refuse, shown } from '../problem.ts';
import type { RawTable } from '../raw-table.ts';
import type { Decision } from './decision.ts';
import { timeFromInteger } from './time-from-integer.ts';

const notTime = (name: string): never =>
  refuse(
    'timestamp-not-a-time',
    `The column ${shown(name)} was named as the time, but its values are not dates or times.`,
    'Write them as 2024-12-31 or 2024-12-31T23:59:59Z, or name another column.',
    { column: name },
  );

/**
 * Sees to it that the column named as the time holds times: whole numbers are read as years, days or seconds.
 *
 * @throws RefusedData `timestamp-not-a-time`; problems in the column's own values are left to be reported as such
 */
export async function decideTime(
  connection: DuckDBConnection,
  table: RawTable,
  decisions: readonly Decision[],
  name: string | undefined,
): Promise<readonly Decision[]> {
  const position = table.columns.findIndex((column) => column.name === name);
  const decided = decisions[position];
  if (name === undefined || decided === undefined || decided.kind === 'timestamp') return decisions;
  if (decided.kind !== 'integer') return notTime(name);
  const range = await queryRow(connection, `SELECT min(v), max(v) FROM (SELECT ${decided.sql} AS v FROM raw)`);
  const sql = timeFromInteger(`(${decided.sql})`, Number(range[0]), Number(range[1]));
  if (sql === undefined) return notTime(name);
  const [lost] = await queryRow(
    connection,
    `SELECT count(*) FROM raw WHERE ${decided.sql} IS NOT NULL AND ${sql} IS NULL`,
  );
  if (lost !== 0) return notTime(name);
  return decisions.with(position, { ...decided, kind: 'timestamp', sql });
}
