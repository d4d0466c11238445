import type { Frequency } from '../frequency/frequency.ts';
import { periodClock } from '../frequency/period.ts';
import { zoneOffset } from '../frequency/zone-clock.ts';
import { interpolate } from '../panel/fill-gaps.ts';

/** Periods that a zone's clocks are ahead of UTC in a period, by its index. */
export type ClockAhead = (index: number) => number;

const minute = 60_000;

/**
 * How far clocks are ahead, in periods; undefined where a season of a day cannot slip: without a zone, in periods of days
 * and more, and in periods of which an hour has no whole number.
 *
 * @throws RangeError of Intl for an unknown zone
 */
export const clockAhead = (frequency: Frequency): ClockAhead | undefined => {
  const { unit, count, timeZone } = frequency;
  const length = count * (unit === 'hour' ? 60 : 1) * minute;
  if (timeZone === undefined || (unit !== 'hour' && unit !== 'minute') || (60 * minute) % length !== 0)
    return undefined;
  const offset = zoneOffset(timeZone);
  const { stampOf } = periodClock(frequency);
  return (index) => Math.floor(offset(stampOf(index)) / length);
};

/** A history by the clock on the wall, and the way back of a forecast of it. */
export interface OnWallClock {
  readonly history: Float64Array;
  readonly horizon: number;
  /** @param forecast of `horizon` values; gives as many as were asked for */
  readonly back: (forecast: Float64Array) => Float64Array;
}

const meanOfTwo = (known: number, other: number): number => (Number.isNaN(known) ? other : (known + other) / 2);

/**
 * Lays a history out so that an hour of the day has the same place in each: the hour that clocks skip is interpolated,
 * of the one that they show twice the mean is taken. A season of 24 counted in UTC would slip by an hour twice a year.
 *
 * @param history finite values
 * @param first period index of the first of them
 * @returns undefined where clocks do not change from there to the end of the horizon
 */
export const onWallClock = (
  history: Float64Array,
  first: number,
  horizon: number,
  ahead: ClockAhead,
): OnWallClock | undefined => {
  const { length } = history;
  const now = ahead(first + length - 1);
  const slips = Int32Array.from({ length: length + horizon }, (_, place) => ahead(first + place) - now);
  if (slips.every((slip) => slip === 0)) return undefined;
  const start = Math.min(0, slips[0] as number);
  const laid = new Float64Array(length - start).fill(Number.NaN);
  for (const [place, value] of history.entries()) {
    const at = place + (slips[place] as number) - start;
    laid[at] = meanOfTwo(laid[at] as number, value);
  }
  const future = slips.subarray(length);
  return {
    history: interpolate(laid.subarray(laid.findIndex((value) => !Number.isNaN(value)))),
    horizon: horizon + Math.max(0, ...future),
    back: (forecast) => Float64Array.from(future, (slip, step) => forecast[Math.max(0, step + slip)] as number),
  };
};
