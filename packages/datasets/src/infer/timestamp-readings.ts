import { quoteLiteral } from '../duckdb/quote.ts';
import type { Reading } from './reading.ts';

/**
 * Year first, then month and day. Without the check for the separator DuckDB takes `5-1-2` for the year 5. What is
 * written in full, with no place for a zone, is read without the calendar that zones need, in a tenth of the time.
 */
export const isoTimestamp: Reading = {
  id: 'iso',
  kind: 'timestamp',
  sql: (text) => {
    const inFull = ['____-__-__ __:__:__', '____-__-__', '____-__-__T__:__:__'].map((form) => `${text} LIKE '${form}'`);
    return `CASE WHEN ${inFull.join(' OR ')} THEN TRY_CAST(${text} AS TIMESTAMP)
      WHEN substr(${text}, 5, 1) IN ('-', '/') THEN TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP) END`;
  },
};

const yearMonth: Reading = {
  id: 'year-month',
  kind: 'timestamp',
  sql: (text) => `CASE WHEN length(${text}) <= 7 THEN try_strptime(${text}, ['%Y-%m', '%Y/%m']) END`,
};

const yearQuarter: Reading = {
  id: 'year-quarter',
  kind: 'timestamp',
  sql: (text) =>
    `CASE WHEN regexp_full_match(${text}, '\\d{4}[- ]?[Qq][1-4]') THEN make_timestamp(CAST(left(${text}, 4) AS BIGINT),` +
    ` CAST(right(${text}, 1) AS BIGINT) * 3 - 2, 1, 0, 0, 0) END`,
};

const quarterOfYear: Reading = {
  id: 'quarter-year',
  kind: 'timestamp',
  sql: (text) =>
    `CASE WHEN regexp_full_match(${text}, '[Qq][1-4][-/ ]?\\d{4}') THEN make_timestamp(CAST(right(${text}, 4) AS BIGINT),` +
    ` CAST(substr(${text}, 2, 1) AS BIGINT) * 3 - 2, 1, 0, 0, 0) END`,
};

/** Weeks of ISO 8601, as the Monday on which they begin. */
const isoWeek: Reading = {
  id: 'iso-week',
  kind: 'timestamp',
  sql: (text) =>
    `CASE WHEN regexp_full_match(${text}, '\\d{4}-W\\d{2}')` +
    ` THEN try_strptime(left(${text}, 4) || '-W' || right(${text}, 2) || '-1', '%G-W%V-%u') END`,
};

/** By formats of C's strptime. DuckDB's %Y takes `24` for the year 24, so early years are refused. */
function strptime(id: string, formats: readonly string[]): Reading {
  const list = formats.map(quoteLiteral).join(', ');
  const sql = (text: string) => {
    const time = `try_strptime(${text}, [${list}])`;
    return `CASE WHEN ${time} >= TIMESTAMP '1000-01-01' THEN ${time} END`;
  };
  return { id, kind: 'timestamp', sql };
}

const times = ['', ' %H:%M', ' %H:%M:%S', ' %H:%M:%S.%f', ' %I:%M %p', ' %I:%M:%S %p'];
const withTimes = (date: string): Reading =>
  strptime(
    date,
    times.map((time) => date + time),
  );

/** Spellings other than year first, the more usual before: of two that fit, the first is taken. */
export const localTimestamps: readonly Reading[] = [
  ...['%m/%d/%Y', '%d/%m/%Y', '%m-%d-%Y', '%d-%m-%Y', '%d.%m.%Y', '%m/%d/%y', '%d/%m/%y', '%d.%m.%y'],
  ...['%d %b %Y', '%d-%b-%Y', '%d-%b-%y', '%b %d, %Y', '%b %d %Y', '%d %B %Y', '%B %d, %Y', '%B %d %Y', '%Y.%m.%d'],
]
  .map(withTimes)
  .concat(yearMonth, yearQuarter, quarterOfYear, isoWeek)
  .concat(
    strptime('%b %Y', ['%b %Y', '%b-%Y', '%B %Y', '%B-%Y']),
    strptime('%b-%y', ['%b-%y']),
    strptime('%Y%m%dT', ['%Y%m%dT%H%M%S']),
  );

/** The id of the reading that takes day and month the other way round. */
export function swappedReading(id: string): string | undefined {
  const swapped = id.replace(/^%(m)(.)%(d)|^%(d)(.)%(m)/, (_, m, a, d, d2, b, m2) =>
    m === undefined ? `%${m2}${b}%${d2}` : `%${d}${a}%${m}`,
  );
  return swapped === id ? undefined : swapped;
}

/** Whether a reading has one that takes day and month the other way round. */
export const isDayAndMonth = (id: string): boolean => swappedReading(id) !== undefined;
