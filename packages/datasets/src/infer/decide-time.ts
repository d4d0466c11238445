import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../duckdb/measure-columns.ts';
import { refuse, shown } from '../problem.ts';
import type { RawTable } from '../raw-table.ts';
import type { Decision, Finding } from './decision.ts';
import { timeFromInteger } from './time-from-integer.ts';

const notTime = (name: string): never =>
  refuse(
    'timestamp-not-a-time',
    `The column ${shown(name)} was named as the time, but its values are not dates or times.`,
    'Write them as 2024-12-31 or 2024-12-31T23:59:59Z, or name another column.',
    { column: name },
  );

/** Text in which most is something else than the rest, or all is dates in one spelling or another: what stands out is named. */
function asTime(decided: Decision, found: Finding): Decision {
  const error: Finding = {
    ...found,
    severity: 'error',
    code: 'timestamp-not-a-time',
    message: found.spellings === undefined ? 'is not a date or time, and the column was named as the time' : '',
  };
  return { ...decided, findings: [error, ...decided.findings.filter((finding) => finding !== found)] };
}

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
  const standsOut = decided.findings.find(({ code }) => code === 'mixed-dates' || code === 'mixed-values');
  if (decided.kind === 'string' && standsOut !== undefined) return decisions.with(position, asTime(decided, standsOut));
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
