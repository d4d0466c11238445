import type { ColumnProfile } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';

const perQuery = 50;
const most = 10;

/** The ten most frequent values of each column, by its name; of equally frequent ones the lesser first. */
export async function topValues(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
): Promise<Map<string, NonNullable<ColumnProfile['top']>>> {
  const top = new Map<string, NonNullable<ColumnProfile['top']>>(names.map((name) => [name, []]));
  for (let start = 0; start < names.length; start += perQuery) {
    const queries = names.slice(start, start + perQuery).map((name, index) => {
      const sql = quoteIdentifier(name);
      const counts = `SELECT CAST(${sql} AS VARCHAR) AS value, count(*) AS count FROM ${parquet(path)}`;
      return `(SELECT ${start + index} AS position, value, count FROM (${counts} WHERE ${sql} IS NOT NULL GROUP BY ${sql}) ORDER BY count DESC, value LIMIT ${most})`;
    });
    const union = `(${queries.join(' UNION ALL ')})`;
    const rows = await queryRows(connection, `SELECT * FROM ${union} ORDER BY position, count DESC, value`);
    for (const [position, value, count] of rows) {
      top.get(names[Number(position)] ?? '')?.push({ value: String(value), count: Number(count) });
    }
  }
  return top;
}
