import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow, type Scalar } from '../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { moderate } from './moderate.ts';

export interface ValueCounts {
  readonly present: number;
  readonly distinct: number;
  readonly min: Scalar;
  readonly max: Scalar;
  /** of the moderate ones */
  readonly mean: Scalar;
  /** of the sample, of the moderate ones */
  readonly standardDeviation: Scalar;
  /** interpolated between the two nearest values, as `quantile_cont` has them; one for each level, none without values */
  readonly quantiles: readonly number[];
}

/**
 * Counts a column's values, and reads all that there is to say of them off the counts: exact, in memory for the
 * distinct values alone, and in a fraction of the time of looking at each value, or sorting them.
 *
 * @param from what follows FROM
 */
export async function countValues(
  connection: DuckDBConnection,
  from: string,
  name: string,
  levels: readonly number[],
): Promise<ValueCounts> {
  const sql = quoteIdentifier(name);
  const rank = (round: 'floor' | 'ceil', level: number) => `${round}((total - 1) * ${level}::DOUBLE)`;
  const at = (place: string) => `min(value) FILTER (upto > ${place})`;
  const ends = levels.flatMap((level) => [at(rank('floor', level)), at(rank('ceil', level))]);
  const counts = `SELECT value, times, ${moderate('value')} AS moderate
    FROM (SELECT CAST(${sql} AS DOUBLE) AS value, count(*) AS times FROM ${from} WHERE ${sql} IS NOT NULL GROUP BY 1)`;
  const known = `SELECT *, sum(times) OVER (ORDER BY value) AS upto, CAST(sum(times) OVER () AS DOUBLE) AS total,
    sum(CASE WHEN moderate IS NOT NULL THEN times END) OVER () AS measured FROM (${counts})`;
  const centred = `SELECT *, fsum(moderate * times) OVER () / measured AS mean FROM (${known})`;
  const [distinct, present, min, max, mean, standardDeviation, ...values] = await queryRow(
    connection,
    `SELECT count(*), coalesce(max(upto), 0), min(value), max(value), max(mean),
      sqrt(fsum(times * (moderate - mean) * (moderate - mean)) / nullif(max(measured) - 1, 0)), ${ends.join(', ')}
      FROM (${centred})`,
  );
  const quantiles = levels.map((level, index) => {
    const place = (Number(present) - 1) * level;
    const [low, high] = [Number(values[2 * index]), Number(values[2 * index + 1])];
    return low + (high - low) * (place - Math.floor(place));
  });
  return {
    present: Number(present),
    distinct: Number(distinct),
    min: min ?? null,
    max: max ?? null,
    mean: mean ?? null,
    standardDeviation: standardDeviation ?? null,
    quantiles: present === 0 ? [] : quantiles,
  };
}
