import type { ColumnProfile } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';

type Top = NonNullable<ColumnProfile['top']>;

const most = 10;
/** From here on to plan a query for each column takes longer than to group all values by the column's name. */
const manyColumns = 100;
const perQuery = 20;

const topOfOne = (path: string, name: string): string => {
  const sql = quoteIdentifier(name);
  return `SELECT 0, CAST(${sql} AS VARCHAR) AS value, count(*) AS count FROM ${parquet(path)}
    WHERE ${sql} IS NOT NULL GROUP BY ${sql} ORDER BY count DESC, value LIMIT ${most}`;
};

const topOfSeveral = (path: string, names: readonly string[]): string => {
  const values = names.map((name, index) => `CAST(${quoteIdentifier(name)} AS VARCHAR) AS "${index}"`);
  const long = `(UNPIVOT (SELECT ${values.join(', ')} FROM ${parquet(path)}) ON COLUMNS(*) INTO NAME name VALUE value)`;
  return `SELECT CAST(name AS INTEGER), value, count FROM
    (SELECT name, value, count(*) AS count FROM ${long} GROUP BY name, value)
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY count DESC, value) <= ${most} ORDER BY count DESC, value`;
};

/** The ten most frequent values of each column, by its name; of equally frequent ones the lesser first. */
export async function topValues(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
): Promise<Map<string, Top>> {
  const top = new Map<string, Top>(names.map((name) => [name, []]));
  const size = names.length > manyColumns ? perQuery : 1;
  for (let start = 0; start < names.length; start += size) {
    const some = names.slice(start, start + size);
    const query = size === 1 ? topOfOne(path, some[0] ?? '') : topOfSeveral(path, some);
    for (const [position, value, count] of await queryRows(connection, query)) {
      top.get(some[Number(position)] ?? '')?.push({ value: String(value), count: Number(count) });
    }
    // results are native memory, freed by a collection that JavaScript's small heap never asks for
    if (size > 1) globalThis.gc?.();
  }
  return top;
}
