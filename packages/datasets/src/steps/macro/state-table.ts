import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { KnownValue } from './observation.ts';

/**
 * Writes what was known of several series as one table, a row for each day on which any of them changed. One as-of join
 * then finds all of them: the rows of a big table are sorted once, not once a series.
 *
 * @param series by the name of its column
 */
export async function writeStateTable(
  connection: DuckDBConnection,
  name: string,
  series: ReadonlyMap<string, readonly KnownValue[]>,
): Promise<void> {
  const { DuckDBTimestampValue } = await import('@duckdb/node-api');
  const columns = [...series.keys()].map((column) => `${quoteIdentifier(column)} DOUBLE`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} (known_from TIMESTAMP, ${columns.join(', ')})`);
  const appender = await connection.createAppender(name);
  for (const { from, values } of states([...series.values()])) {
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(from) * 1000n));
    for (const value of values) {
      if (value === null) appender.appendNull();
      else appender.appendDouble(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

/** The days on which any series changed, with the value of each from then on. */
function states(series: readonly (readonly KnownValue[])[]): { from: number; values: (number | null)[] }[] {
  const days = [...new Set(series.flatMap((known) => known.map(({ from }) => from)))].toSorted((a, b) => a - b);
  const next = series.map(() => 0);
  const values: (number | null)[] = series.map(() => null);
  return days.map((from) => {
    for (const [index, known] of series.entries()) {
      const entry = known[next[index] as number];
      if (entry?.from !== from) continue;
      values[index] = entry.value;
      (next[index] as number)++;
    }
    return { from, values: [...values] };
  });
}
