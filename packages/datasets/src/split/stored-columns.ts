import { queryRows } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import type { Session } from '../duckdb/session.ts';
import { refuse, shown } from '../problem.ts';
import { nearestNames } from '../roles.ts';

/** Columns of a stored table with their SQL types, in order. */
export async function storedColumns(session: Session, path: string): Promise<Map<string, string>> {
  const rows = await queryRows(session.connection, `DESCRIBE SELECT * FROM ${parquet(path)}`);
  return new Map(rows.map(([name, type]) => [String(name), String(type)]));
}

/** @throws RefusedData `column-missing` with the nearest names */
export function requireColumns(columns: ReadonlyMap<string, string>, wanted: readonly string[]): void {
  const missing = wanted.find((name) => !columns.has(name));
  if (missing === undefined) return;
  const nearest = nearestNames(missing, [...columns.keys()])
    .map(shown)
    .join(', ');
  refuse('column-missing', `There is no column ${shown(missing)}.`, `The nearest are ${nearest}.`, { column: missing });
}
