import type { PanelProblem } from '../panel/panel-problem.ts';
import type { Frequency } from './frequency.ts';
import { parseFrequency, type ToldFrequency } from './parse-frequency.ts';
import { zoneOffset } from './zone-clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** So many of the stamps have to follow a pattern for it to be one. */
const most = 0.95;

/** Lengths of short periods in minutes that people use. */
const shortLengths = [1440, 720, 480, 360, 240, 180, 120, 60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1];

export interface FrequencyQuestion {
  /** What a person said; it wins over the stamps. */
  readonly told?: string;
  /** Of some items: their stamps in milliseconds (UTC), rising. */
  readonly stamps: readonly Float64Array[];
  readonly timeZone?: string;
}

export interface FrequencyAnswer {
  readonly frequency: Frequency;
  readonly problems: readonly PanelProblem[];
}

const shareOf = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.length === 0 ? 0 : values.filter(holds).length / values.length;

const mode = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? 0;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
};

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const gapsOf = (stamps: readonly (readonly number[])[]): number[] =>
  stamps.flatMap((list) => list.slice(1).map((at, i) => at - (list[i] as number))).filter((gap) => gap > 0);

/** The longest of some steps of which most gaps are multiples. */
const commonStep = (gaps: readonly number[], steps: readonly number[]): number | undefined =>
  steps.find((step) => shareOf(gaps, (gap) => gap % step === 0) >= most);

interface LocalDay {
  readonly date: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly isLast: boolean;
  readonly weekday: number;
}

const localDay = (local: number): LocalDay => {
  const date = Math.floor(local / day);
  const at = new Date(date * day);
  return {
    date,
    month: at.getUTCFullYear() * 12 + at.getUTCMonth(),
    dayOfMonth: at.getUTCDate(),
    isLast: new Date((date + 1) * day).getUTCDate() === 1,
    weekday: at.getUTCDay(),
  };
};

/** What the zone's calendar shows of the stamps, by item. */
interface Seen {
  readonly days: readonly LocalDay[];
  readonly dayGaps: readonly number[];
  readonly monthGaps: readonly number[];
}

const lookAt = (local: readonly (readonly number[])[]): Seen => {
  const byItem = local.map((list) => list.map(localDay));
  return {
    days: byItem.flat(),
    dayGaps: gapsOf(byItem.map((list) => list.map(({ date }) => date))),
    monthGaps: gapsOf(byItem.map((list) => list.map(({ month }) => month))),
  };
};

const monthly = ({ days, dayGaps, monthGaps }: Seen): ToldFrequency | undefined => {
  const usual = mode(days.map(({ dayOfMonth }) => dayOfMonth));
  const fits = (isUsual: (one: LocalDay) => boolean) => days.filter(isUsual).length >= most * days.length;
  const sameDay = fits(({ dayOfMonth }) => dayOfMonth === usual) || fits(({ isLast }) => isLast);
  const middle = medianOf(dayGaps);
  const about = Math.round(middle / 30.44);
  const isNear = about >= 1 && Math.abs(middle - about * 30.44) <= 2.5;
  if (dayGaps.length === 0 || !(sameDay ? middle >= 27 : isNear && monthGaps.length === dayGaps.length))
    return undefined;
  const step = commonStep(monthGaps, [12, 6, 3, 2, 1]) ?? 1;
  if (step === 12) return { unit: 'year', count: 1 };
  return step === 3 ? { unit: 'quarter', count: 1 } : { unit: 'month', count: step };
};

const weekly = ({ dayGaps }: Seen): ToldFrequency | undefined => {
  const step = commonStep(dayGaps, [28, 14, 7]);
  return step === undefined || dayGaps.length < 2 ? undefined : { unit: 'week', count: step / 7 };
};

const daily = ({ days, dayGaps }: Seen): ToldFrequency => {
  const middle = medianOf(dayGaps);
  if (middle > 45) return { unit: 'quarter', count: 1 };
  if (middle > 20) return { unit: 'month', count: 1 };
  if (middle > 4.5) return { unit: 'week', count: 1 };
  const isWorking = days.length >= 10 && days.every(({ weekday }) => weekday !== 0 && weekday !== 6);
  return { unit: isWorking ? 'business-day' : 'day', count: 1 };
};

const ofMinutes = (length: number): ToldFrequency => {
  if (length >= 1440) return { unit: 'day', count: 1 };
  return length % 60 === 0 ? { unit: 'hour', count: length / 60 } : { unit: 'minute', count: length };
};

interface Guess {
  readonly told: ToldFrequency;
  readonly isCertain: boolean;
}

const guess = (local: readonly (readonly number[])[]): Guess => {
  const gaps = gapsOf(local);
  if (gaps.length === 0) return { told: { unit: 'day', count: 1 }, isCertain: false };
  const isDates = shareOf(gaps, (gap) => gap % day === 0) >= most;
  if (isDates) {
    const seen = lookAt(local);
    const regular = monthly(seen) ?? weekly(seen);
    if (regular !== undefined) return { told: regular, isCertain: true };
    const told = daily(seen);
    return { told, isCertain: shareOf(seen.dayGaps, (gap) => gap <= 3) >= 0.8 };
  }
  const step = commonStep(
    gaps,
    shortLengths.map((length) => length * minute),
  );
  const middle = medianOf(gaps) / minute;
  // Sales with their times of day, say: a stamp every 37 minutes is no frequency of half an hour.
  const isSparse = step === undefined || (step === minute && middle > 2);
  if (!isSparse) return { told: ofMinutes(step / minute), isCertain: true };
  const stamps = local.flat();
  const span = Math.max(...local.map((list) => (list.at(-1) ?? 0) - (list[0] ?? 0))) / day;
  const nearest = shortLengths.reduce((best, length) =>
    Math.abs(Math.log(length / middle)) < Math.abs(Math.log(best / middle)) ? length : best,
  );
  const isRegular = shareOf(gaps, (gap) => Math.abs(gap / minute / nearest - 1) < 0.2) >= 0.8;
  const told = isRegular || span < 21 || stamps.length < 20 ? ofMinutes(nearest) : ofMinutes(1440);
  return { told, isCertain: isRegular };
};

const floorMod = (value: number, by: number): number => ((value % by) + by) % by;

const anchoredWeeks = (told: ToldFrequency, days: readonly LocalDay[]): Frequency => {
  const { unit, count } = told;
  const weekday = mode(days.map((one) => one.weekday));
  const isSame = days.length > 0 && days.filter((one) => one.weekday === weekday).length >= most * days.length;
  // pandas' `W`: the week that ends on Sunday
  if (!isSame) return { unit, count, anchor: 0, stamp: 'end' };
  return { unit, count, anchor: count === 1 ? weekday : mode(days.map(({ date }) => floorMod(date - 3, 7 * count))) };
};

const anchoredMonths = (told: ToldFrequency, days: readonly LocalDay[]): Frequency => {
  const { unit, count } = told;
  const length = count * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1);
  const isLast = days.length > 0 && days.filter((one) => one.isLast).length >= most * days.length;
  const stamp = told.stamp ?? (isLast ? 'end' : 'start');
  const anchor = days.length === 0 ? 0 : mode(days.map(({ month }) => (month + (stamp === 'end' ? 1 : 0)) % length));
  return { unit, count, stamp, ...(anchor === 0 ? {} : { anchor }) };
};

/** What was not told of a frequency, as most of the stamps have it. */
const completed = (told: ToldFrequency, local: readonly (readonly number[])[], at: readonly number[]): Frequency => {
  const { unit, count } = told;
  if (unit === 'minute' || unit === 'hour') {
    const length = count * (unit === 'hour' ? 60 : 1) * minute;
    const phase = mode(at.map((one) => floorMod(one, length)));
    return phase % minute === 0 && phase > 0 ? { unit, count, phase } : { unit, count };
  }
  if (told.anchor !== undefined || unit === 'business-day') return told;
  const days = local.flat().map(localDay);
  if (unit === 'week') return anchoredWeeks(told, days);
  if (unit !== 'day') return anchoredMonths(told, days);
  const anchor = mode(days.map(({ date }) => floorMod(date, count)));
  return anchor === 0 ? { unit, count } : { unit, count, anchor };
};

const uncertain = (items: number, detail: string): PanelProblem => ({
  code: 'frequency-uncertain',
  severity: 'warning',
  rows: 0,
  items,
  examples: [],
  detail,
  cure: 'Say the frequency, as `D`, `W`, `MS` or `15min`.',
});

/** A frequency in words, as `every 15 minutes` or `every week`. */
export const describeFrequency = ({ unit, count }: Frequency): string =>
  `every ${count === 1 ? '' : `${count} `}${unit.replace('-', ' ')}${count === 1 ? '' : 's'}`;

/**
 * The frequency of a table: what was told, completed from the stamps (the weekday of weeks, whether months are named by
 * their first or last day), or the longest period of which 95 % of the gaps between an item's stamps are multiples.
 * Stamps without any regularity are taken for days when they cover three weeks or more.
 *
 * @throws RangeError where `told` is no frequency or the zone unknown
 */
export const resolveFrequency = ({ told, stamps, timeZone }: FrequencyQuestion): FrequencyAnswer => {
  const offset = zoneOffset(timeZone);
  const distinct = stamps.map((list) => [...new Set(list)].filter((at) => Number.isFinite(at)).sort((a, b) => a - b));
  const local = distinct.map((list) => list.map((at) => at + offset(at)));
  const zone = timeZone === undefined ? {} : { timeZone };
  if (told !== undefined) {
    const parsed = parseFrequency(told);
    if (parsed === undefined) throw new RangeError(`"${told}" is no frequency.`);
    return { frequency: { ...completed(parsed, local, distinct.flat()), ...zone }, problems: [] };
  }
  const { told: found, isCertain } = guess(local);
  const frequency = { ...completed(found, local, distinct.flat()), ...zone };
  const detail = `The stamps do not say how far apart values are; they were taken for values ${describeFrequency(frequency)}.`;
  return { frequency, problems: isCertain ? [] : [uncertain(stamps.length, detail)] };
};
