import { expect, test } from '@jest/globals';
import { resolveFrequency } from './infer-frequency.ts';
import { parseFrequency } from './parse-frequency.ts';
import { periodClock } from './period.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** `count` stamps from a first one on, each so many milliseconds later. */
const even = (first: string, step: number, count: number) =>
  Float64Array.from({ length: count }, (_, i) => Date.parse(first) + i * step);

const months = (step: number, count: number, date: number) =>
  Float64Array.from({ length: count }, (_, i) => Date.UTC(2015, i * step, date));

const frequencyOf = (stamps: Float64Array, told?: string) =>
  resolveFrequency({ stamps: [stamps], ...(told === undefined ? {} : { told }) }).frequency;

test.each<[string, Float64Array, object]>([
  ['quarters of an hour', even('2024-01-01', 15 * minute, 50), { unit: 'minute', count: 15 }],
  ['hours', even('2024-01-01T05:00Z', 60 * minute, 50), { unit: 'hour', count: 1 }],
  ['hours at half past', even('2024-01-01T05:30Z', 60 * minute, 50), { unit: 'hour', count: 1, phase: 30 * minute }],
  ['days', even('2024-01-01', day, 30), { unit: 'day', count: 1 }],
  ['days with holes', even('2024-01-01', day, 60).filter((_, i) => i % 5 !== 3), { unit: 'day', count: 1 }],
  ['Fridays', even('2010-02-05', 7 * day, 20), { unit: 'week', count: 1, anchor: 5 }],
  ['first days of months', months(1, 30, 1), { unit: 'month', count: 1, stamp: 'start' }],
  ['last days of months', months(1, 30, 0), { unit: 'month', count: 1, stamp: 'end' }],
  ['first days of quarters', months(3, 20, 1), { unit: 'quarter', count: 1, stamp: 'start' }],
  ['first days of years', months(12, 20, 1), { unit: 'year', count: 1, stamp: 'start' }],
])('%s are found out from the stamps', (_name, stamps, wanted) => {
  const { frequency, problems } = resolveFrequency({ stamps: [stamps] });
  expect(frequency).toEqual(wanted);
  expect(problems).toEqual([]);
});

test('Mondays to Fridays are business days, seven days a week are days', () => {
  const days = even('2024-01-01', day, 90);
  const working = days.filter((at) => new Date(at).getUTCDay() % 6 !== 0);
  expect(frequencyOf(working).unit).toBe('business-day');
  expect(frequencyOf(days).unit).toBe('day');
});

test('times without any order are taken for days, and it is said', () => {
  const stamps = Float64Array.from(
    { length: 300 },
    (_, i) => Date.UTC(2024, 0, 1) + i ** 1.7 * 800_000 + (i % 7) * 1_234_567,
  );
  const { frequency, problems } = resolveFrequency({ stamps: [stamps] });
  expect(frequency).toEqual({ unit: 'day', count: 1 });
  expect(problems.map(({ code }) => code)).toEqual(['frequency-uncertain']);
});

test('one stamp an item says nothing, and it is said', () => {
  const { problems } = resolveFrequency({ stamps: [Float64Array.of(0), Float64Array.of(day)] });
  expect(problems.map(({ code }) => code)).toEqual(['frequency-uncertain']);
});

test.each<[string, object]>([
  ['D', { unit: 'day', count: 1 }],
  ['1D', { unit: 'day', count: 1 }],
  ['H', { unit: 'hour', count: 1 }],
  ['15min', { unit: 'minute', count: 15 }],
  ['30T', { unit: 'minute', count: 30 }],
  ['MS', { unit: 'month', count: 1, stamp: 'start' }],
  ['ME', { unit: 'month', count: 1, stamp: 'end' }],
  ['W-SUN', { unit: 'week', count: 1, anchor: 0, stamp: 'end' }],
  ['QE-DEC', { unit: 'quarter', count: 1, anchor: 0, stamp: 'end' }],
  ['QS-OCT', { unit: 'quarter', count: 1, anchor: 0, stamp: 'start' }],
  ['YE-JUN', { unit: 'year', count: 1, anchor: 6, stamp: 'end' }],
  ['weekly', { unit: 'week', count: 1 }],
  ['2 weeks', { unit: 'week', count: 2 }],
])('%s is understood', (text, wanted) => {
  expect(parseFrequency(text)).toEqual(wanted);
});

test.each(['', 'fortnight', 'W-XYZ', '0D', 'D-SUN', '12'])('"%s" is refused', (text) => {
  expect(parseFrequency(text)).toBeUndefined();
  expect(() => resolveFrequency({ told: text, stamps: [] })).toThrow(RangeError);
});

test('a week that was told takes its weekday from the stamps, and without one ends on Sunday as in pandas', () => {
  expect(frequencyOf(even('2010-02-05', 7 * day, 20), 'W')).toEqual({ unit: 'week', count: 1, anchor: 5 });
  const { indexOf, stampOf } = periodClock(frequencyOf(even('2024-01-01', day, 60), 'W'));
  expect(new Date(stampOf(indexOf(Date.UTC(2024, 0, 3)))).toISOString()).toBe('2024-01-07T00:00:00.000Z');
});
