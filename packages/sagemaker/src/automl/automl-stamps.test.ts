import { type Frequency, parseFrequency, periodClock } from '@bellwether/forecasting';
import { expect, test } from '@jest/globals';
import { automlFrequency } from './automl-frequency.ts';
import { automlStamps } from './automl-stamps.ts';

const at = (text: string) => Date.parse(text);
const of = (name: string): Frequency => {
  const frequency = parseFrequency(name);
  if (frequency === undefined) throw new Error(name);
  return frequency;
};

test.each([
  ['D', 'D'],
  ['15min', '15min'],
  ['min', '1min'],
  ['H', 'H'],
  ['W', 'W'],
  ['MS', 'M'],
  ['QS', '3M'],
  ['YS', 'Y'],
  ['2W', '2W'],
])('%s is %s there', (ours, theirs) => {
  expect(automlFrequency(of(ours))).toBe(theirs);
});

test('business days and periods that are longer than the next unit are not taken', () => {
  expect([automlFrequency(of('B')), automlFrequency({ unit: 'day', count: 7 })]).toEqual([undefined, undefined]);
});

test.each<[string, Frequency, string, string]>([
  [
    'weeks that are named by their Sunday are given its Monday',
    of('W-SUN'),
    '2024-03-10T00:00:00Z',
    '2024-03-04 00:00:00',
  ],
  [
    'months that are named by their end are given their first day',
    of('ME'),
    '2024-02-29T00:00:00Z',
    '2024-02-01 00:00:00',
  ],
  [
    'years that begin in April are given their January',
    { unit: 'year', count: 1, anchor: 3 },
    '2024-04-01T00:00:00Z',
    '2024-01-01 00:00:00',
  ],
  ['days are those of the zone', { ...of('D'), timeZone: 'Asia/Tokyo' }, '2024-03-09T15:00:00Z', '2024-03-10 00:00:00'],
  ['hours are in UTC', { ...of('H'), timeZone: 'Asia/Tokyo' }, '2024-03-09T15:00:00Z', '2024-03-09 15:00:00'],
])('%s', (_, frequency, stamp, expected) => {
  const period = periodClock(frequency).indexOf(at(stamp));

  expect(automlStamps(frequency).stampOf(period)).toBe(expected);
});

const zoned: Frequency[] = ['D', 'W-SUN', 'W-WED', '2W', 'ME', 'MS', 'QS', 'YS', 'H', '15min'].flatMap((name) => [
  of(name),
  { ...of(name), timeZone: 'America/Los_Angeles' },
  { ...of(name), timeZone: 'Pacific/Auckland' },
]);

test.each(zoned)('every stamp of %o leads back to its period, and none to two', (frequency) => {
  const stamps = automlStamps(frequency);
  const first = periodClock(frequency).indexOf(at('2023-12-01T00:00:00Z'));
  const periods = Array.from({ length: 30 }, (_, i) => first + i);

  expect(periods.map((period) => stamps.periodOf(stamps.stampOf(period)))).toEqual(periods);
});

test('stamps are read as SageMaker may write them; what is none is no period', () => {
  const stamps = automlStamps(of('D'));
  const period = periodClock(of('D')).indexOf(at('2024-03-10T00:00:00Z'));

  for (const text of ['2024-03-10', '2024-03-10T00:00:00Z', '2024-03-10 00:00:00', '2024-03-10 00:00:00+00:00']) {
    expect(stamps.periodOf(text)).toBe(period);
  }
  expect(stamps.periodOf('soon')).toBeNaN();
});

test('a month that SageMaker names by its last day is the same month', () => {
  const stamps = automlStamps(of('MS'));

  expect(stamps.periodOf('2024-02-29')).toBe(stamps.periodOf('2024-02-01'));
});
