import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow, queryRows } from '../duckdb/measure-columns.ts';
import type { RawColumn, RawTable } from '../raw-table.ts';
import type { Decision, Finding, SpelledDate } from './decision.ts';
import type { Reading } from './reading.ts';
import { isoTimestamp, localTimestamps } from './timestamp-readings.ts';

/** Distinct values that are looked at, the first ones of the file: each is tried by all readings. */
const mostValues = 1_000;
const readings: readonly Reading[] = [isoTimestamp, ...localTimestamps];
/** What a date begins with, in any spelling: `17-Nov-16`, `2016/11/17`, `Nov 17, 2016`. */
const dateLike = '^\\w{1,9}[-/. ]{1,2}\\w.*\\d';

/**
 * Says of columns whose dates are spelled in several ways what the spellings are, each with its first value. Such a
 * column is one of text, or one of times with slips, and a value alone does not show what is wrong with it.
 */
export async function withDateSpellings(
  connection: DuckDBConnection,
  { columns }: RawTable,
  decisions: readonly Decision[],
): Promise<readonly Decision[]> {
  const doubtful = columns.filter(({ type }, index) => type === 'untyped' && mayBeMixed(decisions[index] as Decision));
  if (doubtful.length === 0) return decisions;
  const spelled = new Map<RawColumn, readonly SpelledDate[]>();
  for (const column of await dateLikeOnes(connection, doubtful)) {
    const slips = decisions[columns.indexOf(column)]?.findings.find(isMisfit)?.where ?? 'false';
    const found = await spellingsOf(connection, column.sql, slips);
    if (found.length > 1) spelled.set(column, found);
  }
  return decisions.map((decision, index) => {
    const spellings = spelled.get(columns[index] as RawColumn);
    return spellings === undefined ? decision : told(decision, spellings);
  });
}

const isMisfit = ({ code }: Finding): boolean => code === 'bad-value' || code === 'mixed-values';

const mayBeMixed = ({ kind, findings }: Decision): boolean =>
  kind === 'string' || (kind === 'timestamp' && findings.some(isMisfit));

async function dateLikeOnes(connection: DuckDBConnection, columns: readonly RawColumn[]): Promise<RawColumn[]> {
  const shares = columns.flatMap(({ sql }) => [
    `count(*) FILTER (regexp_matches(${sql}, '${dateLike}'))`,
    `count(${sql})`,
  ]);
  const counts = await queryRow(connection, `SELECT ${shares.join(', ')} FROM (SELECT * FROM raw LIMIT ${mostValues})`);
  return columns.filter((_, index) => {
    const [like, present] = [Number(counts[2 * index]), Number(counts[2 * index + 1])];
    return like > 0 && like >= present / 2;
  });
}

/**
 * The first value of each spelling, in the order of their rows: what most values share first, then what most of the
 * others share, and so on. Empty when half of the values are no dates at all.
 *
 * @param slips SQL that is true for values which stand out; they may be far behind the first ones
 */
async function spellingsOf(connection: DuckDBConnection, column: string, slips: string): Promise<SpelledDate[]> {
  const numbered = `(SELECT row_number() OVER () - 1 AS row, ${column} FROM raw)`;
  const first = (condition: string) => `(SELECT min(row) AS row, ${column} FROM ${numbered}
    WHERE ${column} IS NOT NULL AND ${condition} GROUP BY ${column} ORDER BY 1 LIMIT ${mostValues})`;
  const fits = readings.map((reading) => `(${reading.sql(column)}) IS NOT NULL`);
  const rows = await queryRows(
    connection,
    `SELECT row, ${column}, ${fits.join(', ')} FROM (${first('true')} UNION ${first(slips)}) ORDER BY row`,
  );
  const found: SpelledDate[] = [];
  let left = rows.map(([row, value, ...reads]) => ({ row: Number(row), value: String(value), reads }));
  for (;;) {
    const counts = readings.map((_, index) => left.filter(({ reads }) => reads[index] === true).length);
    const most = Math.max(...counts);
    if (most === 0) break;
    const best = counts.indexOf(most);
    const { row, value } = left.find(({ reads }) => reads[best] === true) as SpelledDate;
    found.push({ row, value });
    left = left.filter(({ reads }) => reads[best] !== true);
  }
  return left.length > rows.length / 2 ? [] : found.toSorted((a, b) => a.row - b.row);
}

function told(decision: Decision, spellings: readonly SpelledDate[]): Decision {
  const others = decision.findings.filter((finding) => !isMisfit(finding));
  const mixed: Finding = {
    severity: decision.kind === 'timestamp' ? 'error' : 'warning',
    code: 'mixed-dates',
    count: spellings.length,
    message: decision.kind === 'timestamp' ? '' : ', so the column is kept as text',
    cure: 'Write its dates in one way, best as 2016-11-17, and upload the table again.',
    where: 'true',
    spellings,
  };
  return { ...decision, findings: [mixed, ...others] };
}
