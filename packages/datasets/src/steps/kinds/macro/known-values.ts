import type { Transform } from '@bellwether/contracts';
import type { KnownValue, Observation } from './observation.ts';

const day = 86_400_000;
/** A year before a day of a weekly or daily series there may be no observation; one a little earlier stands for it. */
const toleranceOfYear = 10 * day;

/**
 * What was known of a series, day by day: its last value and, for changes, the one before it or a year before it, each
 * as it was published by then. A revision changes the value from its own release on, never before.
 *
 * @param observations in any order; without `knownFrom` each is known from its own date
 * @returns by time, one for each day on which something was published
 */
export function knownValues(observations: readonly Observation[], transform: Transform): KnownValue[] {
  const released = observations
    .filter((observation) => observation.value !== null)
    .map(({ date, value, knownFrom }) => {
      const at = utc(date);
      return { at, value: value as number, from: knownFrom === undefined ? at : utc(knownFrom) };
    })
    .toSorted((a, b) => a.from - b.from || a.at - b.at);
  const values = new Map<number, number>();
  const dates: number[] = [];
  const known: KnownValue[] = [];
  for (const { at, value, from } of released) {
    if (!values.has(at)) insertSorted(dates, at);
    values.set(at, value);
    const state = { from, value: transformed(dates, values, transform) };
    if (known.at(-1)?.from === from) known[known.length - 1] = state;
    else known.push(state);
  }
  return known;
}

const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`);

function transformed(dates: readonly number[], values: ReadonlyMap<number, number>, transform: Transform) {
  const last = dates.at(-1) as number;
  const value = values.get(last) as number;
  if (transform === 'level') return value;
  const before = transform === 'year-over-year' ? yearBefore(dates, last) : dates.at(-2);
  const base = before === undefined ? undefined : values.get(before);
  if (base === undefined) return null;
  if (transform === 'difference') return value - base;
  return base === 0 ? null : (value / base - 1) * 100;
}

/** The last date at or shortly before the same day a year earlier. */
function yearBefore(dates: readonly number[], last: number): number | undefined {
  const wanted = new Date(last);
  wanted.setUTCFullYear(wanted.getUTCFullYear() - 1);
  // of February 29th it is the last of February, which `Date` takes for the first of March
  if (wanted.getUTCMonth() !== new Date(last).getUTCMonth()) wanted.setUTCDate(0);
  const found = dates[placeAfter(dates, wanted.getTime()) - 1];
  return found !== undefined && wanted.getTime() - found <= toleranceOfYear ? found : undefined;
}

/** How many of the sorted dates are at or before `date`. */
function placeAfter(dates: readonly number[], date: number): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] as number) <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insertSorted(dates: number[], date: number): void {
  if (dates.length === 0 || (dates.at(-1) as number) < date) dates.push(date);
  else dates.splice(placeAfter(dates, date), 0, date);
}
