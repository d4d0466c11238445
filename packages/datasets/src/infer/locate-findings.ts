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
  const first: { finding: Finding; name: string; row: number; value: string }[] = [];
  for (const { finding, index } of findings) {
    const column = table.columns[index];
    if (column === undefined) continue;
    const numbered = `(SELECT row_number() OVER () - 1 AS row, ${column.sql} FROM raw)`;
    const [row, value] = await queryRow(
      connection,
      `SELECT row, CAST(${column.sql} AS VARCHAR) FROM ${numbered} WHERE ${finding.where} ORDER BY row LIMIT 1`,
    );
    first.push({ finding, name: column.name, row: Number(row), value: String(value) });
  }
  const places = first.length === 0 ? new Map() : await table.places(first.map(({ row }) => row));
  return first.map(({ finding, name, row, value }) => {
    const place = { column: name, row: places.get(row) };
    const more = finding.count > 1 ? ` (${finding.count} such values)` : '';
    const message = `The value ${shown(value)} of ${shown(name)} in row ${place.row} ${finding.message}${more}.`;
    return (finding.severity === 'error' ? fault : warning)(finding.code, message, finding.cure, place);
  });
}
