import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { namesAnId } from './kind-of-string.ts';
import type { ColumnMeasures } from './measure-profile.ts';

const timeName = /year|month|week|day|date|time|period|quarter|hour|minute|second|step|age|^t$/i;
const enoughToTell = 20;

/**
 * Whether a column of whole numbers identifies rows: all distinct and named so, or counting the rows one by one. A
 * measurement that merely increases (a meter, a year) is none, so a step other than 1 and names of times are left out.
 */
export async function identifiesRows(
  connection: DuckDBConnection,
  path: string,
  name: string,
  measures: ColumnMeasures,
  rows: number,
): Promise<boolean> {
  const { present, distinctShare, found } = measures;
  if (present < rows || distinctShare < 1 || rows < 5) return false;
  if (namesAnId(name)) return true;
  const counts = Number(found.max) - Number(found.min) === rows - 1;
  if (!counts || rows < enoughToTell || timeName.test(name)) return false;
  const numbered = `(SELECT ${quoteIdentifier(name)} - row_number() OVER () AS step FROM ${parquet(path)})`;
  const [steps] = await queryRow(connection, `SELECT count(DISTINCT step) FROM ${numbered}`);
  return steps === 1;
}
