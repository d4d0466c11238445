import type { DuckDBConnection } from '@duckdb/node-api';
import { type Measures, measureColumns, queryRow, type Scalar } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { ProvisionalKind } from '../infer/decision.ts';
import { countValues } from './count-values.ts';
import { moderate } from './moderate.ts';

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
/** Up to here several columns a query, all of it exact, is the faster way. */
const fewRows = 50_000;
/** HyperLogLog here has 64 registers: an error of 13 % is usual, one of half the count is not. */
const estimateSlack = 2;
/** In rows enough to tell whether values come again. */
const sampleRows = 20_000;

const isNumber = ({ kind }: StoredColumn): boolean => kind === 'integer' || kind === 'numeric';

/** SQL of the quantiles as the text of a list. */
const quantiles = (of: 'quantile_cont' | 'approx_quantile', value: string): string =>
  `CAST(${of}(${value}, [${quantileLevels.join(', ')}]) AS VARCHAR)`;

/** How distinct values are counted in the first look: at once, by an estimate that says how to go on, or not yet. */
type Counting = 'exact' | 'estimate' | 'later';

function countingOf(column: StoredColumn, rows: number): Counting {
  return isNumber(column) || rows > exactRows ? 'estimate' : 'later';
}

function aggregates(column: StoredColumn, counting: Counting): Record<string, string> {
  const sql = quoteIdentifier(column.name);
  const counts = {
    present: `count(${sql})`,
    ...(counting === 'exact' ? { distinct: `count(DISTINCT ${sql})` } : {}),
    ...(counting === 'estimate' ? { distinct: `approx_count_distinct(${sql})` } : {}),
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
  return {
    ...counts,
    min: `min(${value})`,
    max: `max(${value})`,
    // compensated summation: the plain average differs with the number of threads
    mean: `favg(${moderate(value)})`,
    standardDeviation: `stddev_samp(${moderate(value)})`,
    ...(counting === 'exact' ? { quantiles: quantiles('quantile_cont', value) } : {}),
  };
}

async function countExactly(connection: DuckDBConnection, from: string, name: string): Promise<number[]> {
  const sql = quoteIdentifier(name);
  return (await queryRow(connection, `SELECT count(DISTINCT ${sql}), count(${sql}) FROM ${from}`)).map(Number);
}

/** What is found of a column of numbers whose values come again and again. */
async function measureCounts(connection: DuckDBConnection, from: string, name: string): Promise<ColumnMeasures> {
  const { present, distinct, quantiles, ...found } = await countValues(connection, from, name, quantileLevels);
  return {
    present,
    distinct,
    distinctShare: distinct / Math.max(1, present),
    found: present === 0 ? found : { ...found, quantiles: JSON.stringify(quantiles) },
  };
}

/** What it takes more than one look at a column to know, in a table of many rows. */
async function refine(
  connection: DuckDBConnection,
  from: string,
  column: StoredColumn,
  record: Partial<Measures<string>>,
  rows: number,
): Promise<ColumnMeasures> {
  const present = Number(record.present);
  const estimate = Math.min(Number(record.distinct), present);
  const few = estimate <= exactDistinct * estimateSlack;
  if (isNumber(column) && few) return await measureCounts(connection, from, column.name);
  const exact = rows <= exactRows;
  const found = isNumber(column)
    ? { ...record, quantiles: await sorted(connection, from, column.name, exact) }
    : record;
  if (few || exact) {
    const [distinct = 0] = await countExactly(connection, from, column.name);
    return { present, distinct, distinctShare: distinct / Math.max(1, present), found };
  }
  if (column.kind === 'numeric') return { present, distinct: estimate, distinctShare: estimate / present, found };
  const head = `(SELECT ${quoteIdentifier(column.name)} FROM ${from} LIMIT ${exactRows})`;
  const [inHead = 0, presentInHead = 0] = await countExactly(connection, head, column.name);
  return { present, distinct: estimate, distinctShare: inHead / Math.max(1, presentInHead), found };
}

async function sorted(connection: DuckDBConnection, from: string, name: string, exact: boolean): Promise<Scalar> {
  const value = `CAST(${quoteIdentifier(name)} AS DOUBLE)`;
  const [list = null] = await queryRow(
    connection,
    `SELECT ${quantiles(exact ? 'quantile_cont' : 'approx_quantile', value)} FROM ${from}`,
  );
  return list;
}

/** The columns of numbers that seem to have few values, from the first rows: each is then read once, to count them. */
async function countedColumns(
  connection: DuckDBConnection,
  path: string,
  columns: readonly StoredColumn[],
  rows: number,
): Promise<ReadonlySet<StoredColumn>> {
  // where the guess is wrong the values of a column are all in memory, as they are to count them exactly
  if (rows > exactRows) return new Set();
  const numbers = columns.filter(isNumber);
  const sample = (some: readonly StoredColumn[]) =>
    `(SELECT ${some.map(({ name }) => quoteIdentifier(name)).join(', ')} FROM ${parquet(path)} LIMIT ${sampleRows})`;
  const found = await measureColumns<StoredColumn, 'distinct'>(connection, sample, numbers, ({ name }) => ({
    distinct: `approx_count_distinct(${quoteIdentifier(name)})`,
  }));
  return new Set(numbers.filter((_, index) => Number(found[index]?.distinct) <= sampleRows / 2));
}

/** The first look at the columns of a long table; of times, a look at the file's own statistics. */
async function lookOnce(
  connection: DuckDBConnection,
  from: string,
  columns: readonly StoredColumn[],
  rows: number,
): Promise<ReadonlyMap<StoredColumn, Partial<Measures<string>>>> {
  const isTime = ({ kind }: StoredColumn) => kind === 'timestamp' && rows <= exactRows;
  const others = columns.filter((column) => !isTime(column));
  const look = (column: StoredColumn) => aggregates(column, countingOf(column, rows));
  const found = await measureColumns<StoredColumn, string>(connection, from, others, look);
  const looks = new Map(others.map((column, index) => [column, found[index] ?? {}]));
  for (const column of columns.filter(isTime)) {
    // beside other aggregates it would be a look at all values
    const [alone] = await measureColumns<StoredColumn, string>(connection, from, [column], look);
    looks.set(column, alone ?? {});
  }
  return looks;
}

/**
 * Measures the columns of a stored table. Above a million rows counts of many distinct values and quantiles over them
 * come from sketches of bounded size; all else is exact.
 */
export async function measureProfile(
  connection: DuckDBConnection,
  path: string,
  columns: readonly StoredColumn[],
  rows: number,
): Promise<ColumnMeasures[]> {
  const from = parquet(path);
  if (rows <= fewRows) {
    const found = await measureColumns<StoredColumn, string>(connection, from, columns, (column) =>
      aggregates(column, 'exact'),
    );
    return found.map((record) => {
      const [present, distinct] = [Number(record.present), Number(record.distinct)];
      return { present, distinct, distinctShare: distinct / Math.max(1, present), found: record };
    });
  }
  const counted = await countedColumns(connection, path, columns, rows);
  const looks = await lookOnce(
    connection,
    from,
    columns.filter((column) => !counted.has(column)),
    rows,
  );
  const measured: ColumnMeasures[] = [];
  for (const column of columns) {
    measured.push(
      counted.has(column)
        ? await measureCounts(connection, from, column.name)
        : await refine(connection, from, column, looks.get(column) ?? {}, rows),
    );
  }
  return measured;
}
