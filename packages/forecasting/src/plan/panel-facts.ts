import { calendarSeasons } from '../frequency/season-lengths.ts';
import { interpolate } from '../panel/fill-gaps.ts';
import type { PanelSchema, Series } from '../panel/series.ts';
import type { ForecastRequest } from './forecast-plan.ts';
import { itemHash } from './item-hash.ts';
import { hasSeason } from './seasonality.ts';

/** What a plan asks of one item. */
export interface ItemFacts {
  readonly item: string;
  readonly hash: number;
  /** Values from the first to the last one. */
  readonly length: number;
  readonly zeroShare: number;
  readonly isNegative: boolean;
  /** By season of the calendar; null where the history is too short to say. */
  readonly seasons: readonly (boolean | null)[];
  /** Periods of known columns after the last value. */
  readonly future: number;
}

/** Facts of a panel, of bounded size: counts of all items and a sample of them. */
export interface PanelFacts {
  readonly items: number;
  readonly values: number;
  /** Items of one value or none, whose values are all 0, or all the same. */
  readonly empty: number;
  readonly allZero: number;
  readonly constant: number;
  readonly longest: number;
  /** The last period in which an item has a value; null where none has. */
  readonly lastPeriod: number | null;
  readonly sample: readonly ItemFacts[];
}

const sampleSize = 300;

/** Reported windows unless a request says how many. */
export const defaultWindows = 2;

type WindowRequest = Pick<ForecastRequest, 'horizon' | 'windows' | 'windowStep'>;

/** What of an item is looked at where its windows may begin with its first value. */
const leastLookedAt = 3;

/**
 * The values before the item's reported windows, wherever those will lie: what windows are tested on must not decide on
 * the models that are tested.
 */
const beforeWindows = (
  { first, values }: Series,
  { horizon, windows = defaultWindows, windowStep = horizon }: WindowRequest,
  lastPeriod: number,
): Float64Array => {
  const end = first + values.length;
  const newest = lastPeriod + 1 - horizon;
  const latest = 2 * (end - newest) >= horizon ? newest : end - horizon;
  const before = latest - (windows - 1) * windowStep - first;
  return values.subarray(0, before > 0 ? before : Math.min(leastLookedAt, Math.floor(values.length / 2)));
};

const itemFacts = (
  series: Series,
  calendar: readonly number[],
  request: WindowRequest,
  lastPeriod: number,
): ItemFacts => {
  const { item, values, known } = series;
  const filled = interpolate(beforeWindows(series, request, lastPeriod));
  const zeros = filled.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  return {
    item,
    hash: itemHash(item, 0),
    length: values.length,
    zeroShare: filled.length === 0 ? 0 : zeros / filled.length,
    isNegative: filled.some((value) => value < 0),
    seasons: calendar.map((length) => hasSeason(filled, length) ?? null),
    future: Math.max(0, ...known.map((column) => column.length - values.length)),
  };
};

const isAll = (values: Float64Array, wanted: number): boolean =>
  values.every((value) => value === wanted || Number.isNaN(value));

const byHash = (a: ItemFacts, b: ItemFacts): number => a.hash - b.hash || (a.item < b.item ? -1 : 1);

/** The last period in which one of the series has a value; null where none has. */
export const lastPeriodOf = (series: readonly Series[]): number | null =>
  series.reduce<number | null>((last, { first, values }) => {
    const own = values.findLastIndex((value) => !Number.isNaN(value));
    return own < 0 ? last : Math.max(last ?? first + own, first + own);
  }, null);

/**
 * @param schema of whose frequency alone it depends
 * @param request whose windows are not looked at
 * @param lastPeriod of the whole panel; default: of these series, which then have to be all
 */
export const panelFacts = (
  series: readonly Series[],
  schema: Pick<PanelSchema, 'frequency'>,
  request: WindowRequest,
  lastPeriod: number | null = lastPeriodOf(series),
): PanelFacts => {
  const calendar = calendarSeasons(schema.frequency);
  const drawn = series
    .map((one) => ({ one, hash: itemHash(one.item, 0) }))
    .sort((a, b) => a.hash - b.hash || (a.one.item < b.one.item ? -1 : 1))
    .slice(0, sampleSize);
  const firstValue = ({ values }: Series) => values.find((value) => !Number.isNaN(value));
  const isEmpty = (one: Series) => firstValue(one) === undefined;
  return {
    items: series.length,
    values: series.reduce((sum, { values }) => sum + values.length, 0),
    empty: series.filter(isEmpty).length,
    allZero: series.filter((one) => !isEmpty(one) && isAll(one.values, 0)).length,
    constant: series.filter((one) => one.values.length > 1 && isAll(one.values, firstValue(one) ?? Number.NaN)).length,
    longest: series.reduce((most, { values }) => Math.max(most, values.length), 0),
    lastPeriod,
    sample: drawn.map(({ one }) => itemFacts(one, calendar, request, lastPeriod ?? 0)),
  };
};

/** The facts of chunks as those of the panel; the order of the chunks does not matter. */
export const mergeFacts = (facts: readonly PanelFacts[]): PanelFacts => {
  const sum = (of: (one: PanelFacts) => number) => facts.reduce((total, one) => total + of(one), 0);
  return {
    items: sum(({ items }) => items),
    values: sum(({ values }) => values),
    empty: sum(({ empty }) => empty),
    allZero: sum(({ allZero }) => allZero),
    constant: sum(({ constant }) => constant),
    longest: facts.reduce((most, { longest }) => Math.max(most, longest), 0),
    lastPeriod: facts.reduce<number | null>(
      (last, one) => (one.lastPeriod === null ? last : Math.max(last ?? one.lastPeriod, one.lastPeriod)),
      null,
    ),
    sample: facts
      .flatMap(({ sample }) => sample)
      .sort(byHash)
      .slice(0, sampleSize),
  };
};
