import type { DuckDBConnection } from '@duckdb/node-api';
import { type Measures, measureColumns, queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { ProvisionalKind } from '../infer/decision.ts';

export interface StoredColumn {
  readonly name: string;
  readonly kind: ProvisionalKind;
}

export interface ColumnMeasures {
  readonly present: number;
  readonly distinct: number;
  /** distinct values per value; of the first million rows in a longer table */
  readonly distinctShare: number;
  readonly found: Partial<Measures<string>>;
}

export const quantileLevels = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Exact counts of distinct values and exact quantiles hold all values of a column in memory. */
const exactRows = 1_000_000;
const exactDistinct = 10_000;
/** HyperLogLog here has 64 registers: an error of 13 % is usual, one of half the count is not. */
const estimateSlack = 2;
const cellsPerQuery = 4_000_000;
/** Squares of larger numbers overflow, which DuckDB answers with an error. */
const largestSquared = 1e150;

function aggregates(column: StoredColumn, exact: boolean): Record<string, string> {
  const sql = quoteIdentifier(column.name);
  const counts = {
    present: `count(${sql})`,
    distinct: exact ? `count(DISTINCT ${sql})` : `approx_count_distinct(${sql})`,
  };
  if (column.kind === 'boolean') return counts;
  if (column.kind === 'timestamp') {
    const iso = (value: string) => `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
    return { ...counts, min: iso(`min(${sql})`), max: iso(`max(${sql})`) };
  }
  if (column.kind === 'string') {
    return {
      ...counts,
      min: `left(min(${sql}), 256)`,
      max: `left(max(${sql}), 256)`,
      length: `avg(length(${sql}))`,
      spaced: `count(*) FILTER (contains(trim(${sql}), ' '))`,
    };
  }
  const value = `CAST(${sql} AS DOUBLE)`;
  const moderate = `CASE WHEN abs(${value}) < ${largestSquared} THEN ${value} END`;
  return {
    ...counts,
    min: `min(${value})`,
    max: `max(${value})`,
    // compensated summation: the plain average differs with the number of threads
    mean: `favg(${moderate})`,
    standardDeviation: `stddev_samp(${moderate})`,
    quantiles: `CAST(${exact ? 'quantile_cont' : 'approx_quantile'}(${value}, [${quantileLevels.join(', ')}]) AS VARCHAR)`,
  };
}

async function countExactly(connection: DuckDBConnection, from: string, name: string): Promise<number[]> {
  const sql = quoteIdentifier(name);
  return (await queryRow(connection, `SELECT count(DISTINCT ${sql}), count(${sql}) FROM ${from}`)).map(Number);
}

/** Measures the columns of a stored table: exactly up to a million rows, by sketches of bounded size above. */
export async function measureProfile(
  connection: DuckDBConnection,
  path: string,
  columns: readonly StoredColumn[],
  rows: number,
): Promise<ColumnMeasures[]> {
  const exact = rows <= exactRows;
  const perQuery = exact ? Math.min(20, Math.max(1, Math.floor(cellsPerQuery / rows))) : 20;
  const found = await measureColumns<StoredColumn, string>(
    connection,
    parquet(path),
    columns,
    (column) => aggregates(column, exact),
    perQuery,
  );
  const measured: ColumnMeasures[] = [];
  for (const [index, column] of columns.entries()) {
    const record = found[index] ?? {};
    const present = Number(record.present);
    let distinct = Number(record.distinct);
    let distinctShare = distinct / Math.max(1, present);
    if (!exact && distinct <= exactDistinct * estimateSlack) {
      [distinct = 0] = await countExactly(connection, parquet(path), column.name);
      distinctShare = distinct / Math.max(1, present);
    } else if (!exact && column.kind !== 'numeric') {
      const head = `(SELECT ${quoteIdentifier(column.name)} FROM ${parquet(path)} LIMIT ${exactRows})`;
      const [inHead = 0, presentInHead = 0] = await countExactly(connection, head, column.name);
      distinctShare = inHead / Math.max(1, presentInHead);
    }
    measured.push({ present, distinct: Math.min(distinct, present), distinctShare, found: record });
  }
  return measured;
}
