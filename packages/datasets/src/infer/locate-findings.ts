import type { DataProblem } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../duckdb/measure-columns.ts';
import { fault, maxProblems, shown, warning } from '../problem.ts';
import type { RawTable } from '../raw-table.ts';
import type { Decision, Finding } from './decision.ts';

/** Turns findings, errors first and at most twenty, into problems that name the first value and its place. */
export async function locateFindings(
  connection: DuckDBConnection,
  table: RawTable,
  decisions: readonly Decision[],
): Promise<DataProblem[]> {
  const findings = decisions
    .flatMap(({ findings }, index) => findings.map((finding) => ({ finding, index })))
    .toSorted((a, b) => a.finding.severity.localeCompare(b.finding.severity))
    .slice(0, maxProblems);
  if (findings.length > 0 && table.keep !== undefined) {
    await connection.run(`CREATE OR REPLACE VIEW raw AS ${await table.keep()}`);
  }
  const first: Located[] = [];
  for (const { finding, index } of findings) {
    const column = table.columns[index];
    if (column === undefined) continue;
    const [spelled] = finding.spellings ?? [];
    if (spelled !== undefined) {
      first.push({ finding, name: column.name, ...spelled });
      continue;
    }
    const numbered = `(SELECT row_number() OVER () - 1 AS row, ${column.sql} FROM raw)`;
    const [row, value] = await queryRow(
      connection,
      `SELECT row, CAST(${column.sql} AS VARCHAR) FROM ${numbered} WHERE ${finding.where} ORDER BY row LIMIT 1`,
    );
    first.push({ finding, name: column.name, row: Number(row), value: String(value) });
  }
  const rows = first.flatMap(({ finding, row }) => [row, ...(finding.spellings ?? []).map((spelled) => spelled.row)]);
  const places = rows.length === 0 ? new Map() : await table.places(rows);
  return first.map((located) => {
    const { finding, name, row } = located;
    const message = finding.spellings === undefined ? ofValue(located, places) : ofSpellings(located, places);
    const place = { column: name, row: places.get(row) };
    return (finding.severity === 'error' ? fault : warning)(finding.code, message, finding.cure, place);
  });
}

interface Located {
  readonly finding: Finding;
  readonly name: string;
  /** counted from 0 */
  readonly row: number;
  readonly value: string;
}

type Places = ReadonlyMap<number, number>;

function ofValue({ finding, name, row, value }: Located, places: Places): string {
  const more = finding.count > 1 ? ` (${finding.count} such values)` : '';
  return `The value ${shown(value)} of ${shown(name)} in row ${places.get(row)} ${finding.message}${more}.`;
}

function ofSpellings({ finding, name }: Located, places: Places): string {
  const all = finding.spellings ?? [];
  const each = all.map(({ row, value }) => `${shown(value)} in row ${places.get(row)}`);
  return `The dates of ${shown(name)} are spelled in ${all.length} ways, first ${each.join(', ')}${finding.message}.`;
}
