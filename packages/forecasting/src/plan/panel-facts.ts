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
  readonly sample: readonly ItemFacts[];
}

const sampleSize = 300;

/** Reported windows unless a request says how many. */
export const defaultWindows = 2;

type WindowRequest = Pick<ForecastRequest, 'horizon' | 'windows'>;

/** What windows are tested on must not decide on the models that are tested; of short items half is looked at. */
const withoutWindows = (values: Float64Array, { horizon, windows = defaultWindows }: WindowRequest): Float64Array =>
  values.subarray(0, Math.max(Math.ceil(values.length / 2), values.length - horizon * windows));

const itemFacts = ({ item, values, known }: Series, calendar: readonly number[], request: WindowRequest): ItemFacts => {
  const filled = interpolate(withoutWindows(values, request));
  const zeros = filled.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  return {
    item,
    hash: itemHash(item, 0),
    length: values.length,
    zeroShare: filled.length === 0 ? 0 : zeros / filled.length,
    isNegative: values.some((value) => value < 0),
    seasons: calendar.map((length) => hasSeason(filled, length) ?? null),
    future: Math.max(0, ...known.map((column) => column.length - values.length)),
  };
};

const isAll = (values: Float64Array, wanted: number): boolean =>
  values.every((value) => value === wanted || Number.isNaN(value));

const byHash = (a: ItemFacts, b: ItemFacts): number => a.hash - b.hash || (a.item < b.item ? -1 : 1);

/**
 * @param schema of whose frequency alone it depends
 * @param request whose windows are not looked at
 */
export const panelFacts = (
  series: readonly Series[],
  schema: Pick<PanelSchema, 'frequency'>,
  request: WindowRequest,
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
    sample: drawn.map(({ one }) => itemFacts(one, calendar, request)),
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
    sample: facts
      .flatMap(({ sample }) => sample)
      .sort(byHash)
      .slice(0, sampleSize),
  };
};
