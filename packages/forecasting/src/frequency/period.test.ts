import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Frequency } from './frequency.ts';
import { periodClock } from './period.ts';
import { instantsOfLocal } from './zone-clock.ts';

const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const at = (text: string) => Date.parse(text);

const frequencies: readonly Frequency[] = [
  { unit: 'minute', count: 15 },
  { unit: 'hour', count: 1, timeZone: 'Europe/Berlin' },
  { unit: 'hour', count: 1, phase: 30 * 60_000 },
  { unit: 'day', count: 1 },
  { unit: 'day', count: 1, timeZone: 'America/Santiago' },
  { unit: 'business-day', count: 1 },
  { unit: 'week', count: 1, anchor: 5 },
  { unit: 'week', count: 1, anchor: 0, stamp: 'end' },
  { unit: 'week', count: 2, anchor: 9 },
  { unit: 'month', count: 1, stamp: 'end' },
  { unit: 'quarter', count: 1, anchor: 1 },
  { unit: 'year', count: 1, anchor: 6, stamp: 'end' },
];

test('the stamp of a period lies in it, and the next stamp in the next one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...frequencies),
      fc.integer({ min: at('1950-01-01'), max: at('2090-01-01') }),
      (frequency, instant) => {
        const { indexOf, stampOf } = periodClock(frequency);
        const index = indexOf(instant);
        expect(indexOf(stampOf(index))).toBe(index);
        expect(indexOf(stampOf(index + 1))).toBe(index + 1);
      },
    ),
  );
});

test.each<[Frequency, string, string[]]>([
  [{ unit: 'month', count: 1 }, '2024-01-31', ['2024-01-01T00:00', '2024-02-01T00:00']],
  [{ unit: 'month', count: 1, stamp: 'end' }, '2024-01-05', ['2024-01-31T00:00', '2024-02-29T00:00']],
  [{ unit: 'week', count: 1, anchor: 5 }, '2010-02-05', ['2010-02-05T00:00', '2010-02-12T00:00']],
  [{ unit: 'week', count: 1, anchor: 0, stamp: 'end' }, '2024-01-01', ['2024-01-07T00:00', '2024-01-14T00:00']],
  [{ unit: 'business-day', count: 1 }, '2024-01-05', ['2024-01-05T00:00', '2024-01-08T00:00']],
  [{ unit: 'quarter', count: 1 }, '2024-05-20', ['2024-04-01T00:00', '2024-07-01T00:00']],
])('%j of %s is named by its stamp', (frequency, text, stamps) => {
  const { indexOf, stampOf } = periodClock(frequency);
  const index = indexOf(at(text));
  expect([index, index + 1].map((one) => iso(stampOf(one)))).toEqual(stamps);
});

test('days of a zone begin at its midnight, also when they have 23 or 25 hours', () => {
  const { indexOf, stampOf } = periodClock({ unit: 'day', count: 1, timeZone: 'Europe/Berlin' });
  const spring = indexOf(at('2024-03-31T12:00:00Z'));
  expect([0, 1, 2].map((next) => iso(stampOf(spring + next)))).toEqual([
    '2024-03-30T23:00',
    '2024-03-31T22:00',
    '2024-04-01T22:00',
  ]);
  const autumn = indexOf(at('2024-10-27T12:00:00Z'));
  expect(stampOf(autumn + 1) - stampOf(autumn)).toBe(25 * 3_600_000);
});

test('an hour that the clocks show twice is two hours, one that they skip none', () => {
  const local = ['2024-10-27T01:00Z', '2024-10-27T02:00Z', '2024-10-27T02:00Z', '2024-10-27T03:00Z'].map(at);
  const found = instantsOfLocal(Float64Array.from(local), ['a', 'a', 'a', 'a'], 'Europe/Berlin');
  expect(Array.from(found, iso)).toEqual([
    '2024-10-26T23:00',
    '2024-10-27T00:00',
    '2024-10-27T01:00',
    '2024-10-27T02:00',
  ]);
  const skipped = instantsOfLocal(
    Float64Array.of(at('2024-03-31T01:30Z'), at('2024-03-31T03:00Z')),
    ['a', 'a'],
    'Europe/Berlin',
  );
  expect(Array.from(skipped, iso)).toEqual(['2024-03-31T00:30', '2024-03-31T01:00']);
  expect(Number.isNaN(instantsOfLocal(Float64Array.of(Number.NaN), ['a'], undefined)[0])).toBe(true);
});
