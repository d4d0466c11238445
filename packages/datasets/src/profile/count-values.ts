import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';

export interface ValueCounts {
  readonly distinct: number;
  /** interpolated between the two nearest values, as `quantile_cont` has them; one for each level */
  readonly quantiles: readonly number[];
}

/**
 * Counts a column's values, and reads its quantiles off the counts: exact, in memory for the distinct values alone, and
 * in a fraction of the time of sorting the column.
 *
 * @param from what follows FROM
 * @param present how many values there are
 */
export async function countValues(
  connection: DuckDBConnection,
  from: string,
  name: string,
  present: number,
  levels: readonly number[],
): Promise<ValueCounts> {
  const places = levels.map((level) => (present - 1) * level);
  const at = (rank: number) => `min(value) FILTER (upto > ${rank})`;
  const ends = places.flatMap((place) => [at(Math.floor(place)), at(Math.ceil(place))]);
  const sql = quoteIdentifier(name);
  const counts = `SELECT CAST(${sql} AS DOUBLE) AS value, count(*) AS times FROM ${from} WHERE ${sql} IS NOT NULL GROUP BY 1`;
  const [distinct, ...values] = await queryRow(
    connection,
    `SELECT count(*), ${ends.join(', ')} FROM (SELECT value, sum(times) OVER (ORDER BY value) AS upto FROM (${counts}))`,
  );
  const quantiles = places.map((place, index) => {
    const [low, high] = [Number(values[2 * index]), Number(values[2 * index + 1])];
    return low + (high - low) * (place - Math.floor(place));
  });
  return { distinct: Number(distinct), quantiles: present === 0 ? [] : quantiles };
}
