import { expect, test } from '@jest/globals';
import type { Frequency } from '../frequency/frequency.ts';
import { seasonalNaive } from '../predictors/seasonal-naive.ts';
import { localForecasts } from './local-forecasts.ts';
import { clockAhead, onWallClock } from './wall-clock.ts';

const hourly: Frequency = { unit: 'hour', count: 1, timeZone: 'Europe/Berlin' };
const hour = 3_600_000;
const ahead = clockAhead(hourly) ?? (() => 0);
const indexOf = (stamp: string) => Date.parse(stamp) / hour;

/** Each hour has as its value what the clock on the wall shows. */
const shown = (first: number, length: number) =>
  Float64Array.from({ length }, (_, place) => (((first + place + ahead(first + place)) % 24) + 24) % 24);

const forecastFrom = (first: number, origin: number, horizon: number) =>
  localForecasts(shown(first, origin - first), [seasonalNaive], horizon, [24], { first, ahead })['seasonal-naive'];

test.each([
  ['the day after clocks went forward', '2024-03-31T22:00:00Z'],
  ['the night in which they go forward', '2024-03-30T23:00:00Z'],
  ['the day after they went back', '2024-10-27T23:00:00Z'],
])('a season of a day keeps its hours: %s', (_, stamp) => {
  const origin = indexOf(stamp);
  expect(forecastFrom(origin - 24 * 10, origin, 30)).toEqual(shown(origin, 30));
});

test('in the night in which clocks go back, the hour that comes twice is forecast twice', () => {
  const origin = indexOf('2024-10-26T22:00:00Z');
  expect(forecastFrom(origin - 240, origin, 30)).toEqual(shown(origin, 30));
});

test('no clock changes, no other layout', () => {
  const first = indexOf('2024-06-01T00:00:00Z');
  expect(onWallClock(shown(first, 48), first, 24, ahead)).toBeUndefined();
  expect(clockAhead({ unit: 'hour', count: 1 })).toBeUndefined();
  expect(clockAhead({ unit: 'day', count: 1, timeZone: 'Europe/Berlin' })).toBeUndefined();
  expect(clockAhead({ unit: 'hour', count: 6, timeZone: 'Europe/Berlin' })).toBeUndefined();
});
