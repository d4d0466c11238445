import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../../duckdb/quote.ts';
import { type DayTable, dayName } from './look-up.ts';
import type { KnownValue } from './observation.ts';

const day = 86_400_000;
/** DuckDB's own. */
const rowsInChunk = 2_048;

/**
 * Writes what was known of several series as one table, a row for each day from the first to the last on which any of
 * them changed: one join then finds all of them. A century of days with ten series takes 3 MB.
 *
 * @param name of the table to make
 * @param series by the name of its column
 */
export async function writeDayTable(
  connection: DuckDBConnection,
  name: string,
  series: ReadonlyMap<string, readonly KnownValue[]>,
): Promise<DayTable> {
  const { DATE, DOUBLE, DuckDBDataChunk, DuckDBDateValue } = await import('@duckdb/node-api');
  const columns = [...series.keys()].map((column) => `${quoteIdentifier(column)} DOUBLE`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(name)} (${[`${dayName} DATE`, ...columns].join(', ')})`,
  );
  const known = [...series.values()];
  const span = spanOf(known);
  const { first, last } = span;
  const values = known.map((values) => dailyValues(values, span));
  const appender = await connection.createAppender(name);
  const chunk = DuckDBDataChunk.create([DATE, ...known.map(() => DOUBLE)]);
  for (let start = first; start <= last; start += rowsInChunk) {
    const rows = Math.min(rowsInChunk, last + 1 - start);
    chunk.reset();
    chunk.rowCount = rows;
    const days = Array.from({ length: rows }, (_, row) => new DuckDBDateValue(start + row));
    chunk.setColumnValues(0, days);
    for (const [index, daily] of values.entries()) {
      chunk.setColumnValues(index + 1, daily.slice(start - first, start - first + rows));
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return { name, lastDay: new Date((first > last ? 0 : last) * day).toISOString().slice(0, 10) };
}

/** Days since the epoch; the last is before the first where there are none. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** The first and the last day on which any series changed. */
function spanOf(series: readonly (readonly KnownValue[])[]): Span {
  const ends = series
    .flatMap((known) => [known[0], known.at(-1)])
    .flatMap((entry) => (entry ? [entry.from / day] : []));
  return ends.length === 0 ? { first: 0, last: -1 } : { first: Math.min(...ends), last: Math.max(...ends) };
}

/** What a series was worth on each day. */
function dailyValues(known: readonly KnownValue[], { first, last }: Span): (number | null)[] {
  const values: (number | null)[] = [];
  let value: number | null = null;
  let next = 0;
  for (let today = first; today <= last; today += 1) {
    const entry = known[next];
    if (entry?.from === today * day) {
      value = entry.value;
      next += 1;
    }
    values.push(value);
  }
  return values;
}
