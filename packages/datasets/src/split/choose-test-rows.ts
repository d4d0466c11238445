import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { refuse, shown } from '../problem.ts';

/**
 * SQL that is true for the rows of the test part, over the columns of the table and `row_id`.
 *
 * The `count` rows whose hashed id comes first. MD5, since DuckDB's own hash may change with its version, and a split
 * must not.
 */
export async function chooseAtRandom(session: Session, seed: number, rows: number, count: number): Promise<string> {
  const key = `md5_number_lower('${seed}:' || row_id)`;
  const ids = `(SELECT range AS row_id FROM range(1, ${rows + 1}))`;
  await session.connection.run(
    `CREATE TABLE chosen AS SELECT row_id FROM ${ids} ORDER BY ${key}, row_id LIMIT ${count}`,
  );
  return 'row_id IN (SELECT row_id FROM chosen)';
}

/**
 * SQL that is true for the rows of whole groups: those whose hashed value comes first, as many as come nearest to
 * `count` rows, and at least one on each side. A group stays on its side as others come, as long as those are few.
 *
 * @throws RefusedData `group-has-gaps`, `one-group`
 */
export async function chooseGroups(
  session: Session,
  source: string,
  { name, seed, count }: { readonly name: string; readonly seed: number; readonly count: number },
): Promise<string> {
  const group = quoteIdentifier(name);
  const place = { column: name };
  const [gaps, groups] = await queryRow(
    session.connection,
    `SELECT count(*) - count(${group}), count(DISTINCT ${group}) FROM ${parquet(source)}`,
  );
  if (gaps !== 0) {
    const message = `The group ${shown(name)} is missing in ${gaps} rows, which may belong to either side.`;
    refuse('group-has-gaps', message, 'Fill it in, or split at random.', place);
  }
  if (Number(groups) < 2) {
    const message = `All rows are one group by ${shown(name)}: none would be left to train on.`;
    refuse('one-group', message, 'Name a column of several groups, or split at random.', place);
  }
  const key = `md5_number_lower('${seed}:' || CAST(${group} AS VARCHAR))`;
  const sizes = `SELECT ${group} AS name, ${key} AS key, count(*) AS size FROM ${parquet(source)} GROUP BY ${group}`;
  // A group belongs to the test part when more of it lies below the wished count than above.
  await session.connection.run(
    `CREATE TABLE chosen AS SELECT name FROM (
       SELECT name, size, row_number() OVER places AS place, sum(size) OVER places AS upTo
       FROM (${sizes}) WINDOW places AS (ORDER BY key, name ROWS UNBOUNDED PRECEDING))
     WHERE place = 1 OR (place < ${groups} AND upTo - size / 2 <= ${count})`,
  );
  return `${group} IN (SELECT name FROM chosen)`;
}

/**
 * SQL that is true for the last rows by time: `count`, or more where several share the time of the first of them. One
 * moment is never in both parts, or the trained model would know what it is tested on. A row without a time is never
 * tested: whether it is later than what is learned from, nobody can say.
 *
 * @throws RefusedData `timestamp-not-a-time`, `no-dates`, `one-time`
 */
export async function chooseLatest(
  session: Session,
  source: string,
  name: string,
  type: string | undefined,
  count: number,
): Promise<string> {
  const time = quoteIdentifier(name);
  const place = { column: name };
  if (type !== 'TIMESTAMP') {
    refuse('timestamp-not-a-time', `The column ${shown(name)} holds no times.`, 'Name a column of times.', place);
  }
  const times = `SELECT ${time} AS moment FROM ${parquet(source)} WHERE ${time} IS NOT NULL`;
  const [cut] = await queryRow(
    session.connection,
    `SELECT CAST(min(moment) AS VARCHAR) FROM (${times} ORDER BY moment DESC LIMIT ${count})`,
  );
  if (cut === null || cut === undefined) {
    refuse(
      'no-dates',
      `No row has a time in ${shown(name)}.`,
      'Name another column of times, or split at random.',
      place,
    );
  }
  const isTested = `${time} >= TIMESTAMP '${cut}'`;
  const [before] = await queryRow(
    session.connection,
    `SELECT count(*) FROM ${parquet(source)} WHERE ${time} < TIMESTAMP '${cut}'`,
  );
  if (before === 0) {
    const message = `No row is earlier than the test part, since too many share a time in ${shown(name)}.`;
    refuse('one-time', message, 'Use a smaller test part, or split at random.', place);
  }
  return `coalesce(${isTested}, false)`;
}
