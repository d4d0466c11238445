import { periodClock } from '../frequency/period.ts';
import { encodeColumn } from './encode-columns.ts';
import { fillGaps } from './fill-gaps.ts';
import { groupRows } from './group-rows.ts';
import type { PanelProblem } from './panel-problem.ts';
import { placeKnown, placeTargets } from './place-rows.ts';
import { countProblems, type ProblemCounter } from './problem-list.ts';
import type { DuplicatePolicy, GapPolicy, RawRows, RegulariseOptions } from './raw-rows.ts';
import { wordingsOf } from './regularise-wordings.ts';
import type { PanelSchema, Series } from './series.ts';

/** Stamps that are wrong by centuries must not take memory for each minute between. */
const mostPeriods = 500_000;

export interface Regularised {
  /** In the order of the items' names. */
  readonly series: readonly Series[];
  readonly problems: readonly PanelProblem[];
  /** What was decided where the options left it open: to be given with the other chunks of the same panel. */
  readonly policies: { readonly duplicates: DuplicatePolicy; readonly gaps: GapPolicy };
}

/** Rows with their periods, and columns as numbers. */
interface Prepared {
  readonly rows: RawRows;
  readonly periods: Float64Array;
  readonly known: readonly Float64Array[];
  readonly attributes: readonly Float64Array[];
}

const hasTarget = ({ rows, periods }: Prepared, row: number): boolean =>
  !Number.isNaN(rows.target[row]) && !Number.isNaN(periods[row]);

/** How the rows of periods that have several of them are. */
const countRepeats = (prepared: Prepared, groups: readonly { readonly rows: Uint32Array }[]) => {
  const { at, target } = prepared.rows;
  const values = new Map<number, number>();
  let [rows, more, apart, equal] = [0, 0, 0, 0];
  for (const group of groups) {
    const firsts = new Map<number, number>();
    for (const row of group.rows) {
      if (!hasTarget(prepared, row)) continue;
      const value = target[row] as number;
      values.set(value, (values.get(value) ?? 0) + 1);
      rows++;
      const first = firsts.get(prepared.periods[row] as number);
      if (first === undefined) firsts.set(prepared.periods[row] as number, row);
      else {
        more++;
        apart += Number(at[first] !== at[row]);
        equal += Number(target[first] === value);
      }
    }
  }
  const chance = [...values.values()].reduce((sum, count) => sum + (count / rows) ** 2, 0);
  return { rows, more, apart, equal, chance };
};

/**
 * Several rows a period are a log of events where they are common, or have stamps of their own, and corrections where they
 * are rare. Rows that say the same again are no events: of values that vary, two seldom are equal.
 */
const duplicatePolicy = (prepared: Prepared, groups: readonly { readonly rows: Uint32Array }[]): DuplicatePolicy => {
  const { rows, more, apart, equal, chance } = countRepeats(prepared, groups);
  if (apart === 0 && equal >= 0.9 * more && chance < 0.3) return 'last';
  return apart > 0.02 * rows || more > 0.1 * rows ? 'sum' : 'last';
};

/** Sales are written down only when there were some: then what is missing, here and there, is 0. An outage is not. */
const gapPolicy = (placed: readonly Float64Array[], duplicates: DuplicatePolicy): GapPolicy => {
  let missing = 0;
  let gaps = 0;
  let zeros = 0;
  let all = 0;
  for (const values of placed) {
    all += values.length;
    for (const [i, value] of values.entries()) {
      if (Number.isNaN(value)) {
        missing++;
        gaps += Number(!Number.isNaN(values[i - 1]));
      } else if (value === 0) zeros++;
    }
  }
  const isLog = duplicates === 'sum' && missing > 0;
  const isScattered = missing > 0.3 * all && gaps > 0.05 * (all - missing);
  return isLog || isScattered || (missing > 0 && zeros > 0.1 * all) ? 'zero' : 'missing';
};

const withoutNegatives = (values: Float64Array, policy: RegulariseOptions['negatives']): Float64Array => {
  if (policy === undefined || policy === 'keep') return values;
  let last = 0;
  return values.map((value) => {
    if (value < 0) return policy === 'zero' ? 0 : last;
    if (!Number.isNaN(value)) last = value;
    return value;
  });
};

const countOf = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.reduce((count, value) => count + (holds(value) ? 1 : 0), 0);

const longestGap = (values: Float64Array): number => {
  let longest = 0;
  let run = 0;
  for (const value of values) {
    run = Number.isNaN(value) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};

const prepareRows = (rows: RawRows, schema: PanelSchema): Prepared => {
  const clock = periodClock(schema.frequency);
  return {
    rows,
    periods: rows.at.map((at) => (Number.isNaN(at) ? Number.NaN : clock.indexOf(at))),
    known: schema.known.map((column, i) => encodeColumn(rows.known[i] ?? [], column)),
    attributes: schema.attributes.map((column, i) => encodeColumn(rows.attributes[i] ?? [], column)),
  };
};

interface Placed {
  readonly item: string;
  readonly rows: Uint32Array;
  readonly first: number;
  readonly values: Float64Array;
}

const placeItem = (
  prepared: Prepared,
  { item, rows }: { readonly item: string; readonly rows: Uint32Array },
  duplicates: DuplicatePolicy,
  options: RegulariseOptions,
  problems: ProblemCounter,
): Placed => {
  const { at, target } = prepared.rows;
  const { now = Number.POSITIVE_INFINITY } = options;
  const valued = Array.from(rows).filter((row) => hasTarget(prepared, row));
  const past = valued.filter((row) => (at[row] as number) <= now);
  if (past.length < valued.length) problems.add('future-values-cut', item, valued.length - past.length);
  const last = past.reduce((most, row) => Math.max(most, prepared.periods[row] as number), Number.NEGATIVE_INFINITY);
  const recent = past.filter((row) => (prepared.periods[row] as number) > last - mostPeriods);
  if (recent.length < past.length) problems.add('too-many-periods', item, past.length - recent.length);
  const placed = placeTargets(recent, prepared.periods, at, target, duplicates);
  if (placed.duplicates > 0) problems.add('duplicates-merged', item, placed.duplicates);
  return { item, rows, first: placed.first, values: placed.values };
};

/** The item's own end, or the panel's. */
const extended = ({ first, values }: Placed, lastPeriod: number | undefined): Float64Array => {
  if (lastPeriod === undefined || values.length === 0) return values;
  const length = lastPeriod - first + 1;
  if (length <= values.length || length > mostPeriods) return values;
  const longer = new Float64Array(length).fill(Number.NaN);
  longer.set(values);
  return longer;
};

const finishItem = (
  prepared: Prepared,
  placed: Placed,
  gaps: GapPolicy,
  options: RegulariseOptions,
  lastPeriod: number | undefined,
  problems: ProblemCounter,
): Series => {
  const { item, rows } = placed;
  const raw = extended(placed, options.end === 'panel' ? lastPeriod : undefined);
  const negative = countOf(raw, (value) => value < 0);
  if (negative > 0) problems.add('negative-values', item, negative);
  const missing = countOf(raw, Number.isNaN);
  if (missing > 0) problems.add(gaps === 'missing' ? 'gaps-left' : 'gaps-filled', item, missing);
  if (longestGap(raw) > Math.max(12, 0.25 * raw.length)) problems.add('long-gap', item, longestGap(raw));
  const filled = fillGaps(withoutNegatives(raw, options.negatives), gaps);
  const leading = options.dropLeadingZeros
    ? Math.max(
        0,
        filled.findIndex((value) => value !== 0 && !Number.isNaN(value)),
      )
    : 0;
  if (leading > 0) problems.add('leading-zeros-dropped', item, leading);
  const values = filled.slice(leading);

  const periods = Array.from(rows, (row) => prepared.periods[row] as number).filter((period) => !Number.isNaN(period));
  const earliest = periods.reduce((least, period) => Math.min(least, period), Number.POSITIVE_INFINITY);
  const start = values.length > 0 ? placed.first + leading : earliest;
  const first = Number.isFinite(start) ? start : 0;
  const end = periods.reduce((most, period) => Math.max(most, period), first - 1);
  const length = Math.min(mostPeriods, Math.max(values.length, end - first + 1));
  return {
    item,
    first,
    values,
    known: prepared.known.map((column) => placeKnown(rows, prepared.periods, column, first, length)),
    attributes: Float64Array.from(prepared.attributes, (column) =>
      rows.reduce((last, row) => (Number.isNaN(column[row]) ? last : (column[row] as number)), Number.NaN),
    ),
  };
};

/** Stamps that are not the one by which their period is named. */
const countSnapped = ({ rows, periods }: Prepared, schema: PanelSchema): number => {
  const { stampOf } = periodClock(schema.frequency);
  const isShort = schema.frequency.unit === 'minute' || schema.frequency.unit === 'hour';
  const tolerance = isShort ? 0 : 24 * 3_600_000 - 1;
  return periods.reduce((count, period, row) => {
    const distance = (rows.at[row] as number) - stampOf(period);
    return count + (distance < 0 || distance > tolerance ? 1 : 0);
  }, 0);
};

/**
 * Puts the rows of some items onto the panel's grid of periods: rows of the same period merged, periods without a value
 * filled or left missing, the future of known columns kept. All rows of an item have to be there; their order does not
 * matter but for `duplicates: 'last'`.
 *
 * @returns one series an item, also of items without any value, and what was found
 */
export const regularise = (rows: RawRows, schema: PanelSchema, options: RegulariseOptions = {}): Regularised => {
  const problems = countProblems();
  const prepared = prepareRows(rows, schema);
  const groups = groupRows(rows.item);
  const stampless = countOf(prepared.periods, Number.isNaN);
  if (stampless > 0) problems.add('stamp-missing', '', stampless);
  const nameless = rows.item.reduce((count, item) => count + (item === '' ? 1 : 0), 0);
  if (nameless > 0) problems.add('item-missing', '', nameless);
  if (groups.length === 0) problems.add('no-rows', '', 0);
  const snapped = countSnapped(prepared, schema);

  const duplicates = options.duplicates ?? duplicatePolicy(prepared, groups);
  if (snapped > 0) problems.add('stamps-snapped', '', snapped);
  const placed = groups.map((group) => placeItem(prepared, group, duplicates, options, problems));
  const gaps =
    options.gaps ??
    gapPolicy(
      placed.map(({ values }) => values),
      duplicates,
    );
  const lastOf = placed.reduce(
    (most, { first, values }) => (values.length > 0 ? Math.max(most, first + values.length - 1) : most),
    Number.NEGATIVE_INFINITY,
  );
  const lastPeriod = options.lastPeriod ?? (Number.isFinite(lastOf) ? lastOf : undefined);
  const series = placed.map((one) => finishItem(prepared, one, gaps, options, lastPeriod, problems));
  for (const { item, values } of series)
    if (countOf(values, (value) => !Number.isNaN(value)) === 0) problems.add('no-values', item, 0);
  return {
    series,
    problems: problems.list(wordingsOf(duplicates, gaps, options, schema)),
    policies: { duplicates, gaps },
  };
};
