import { expect, test } from '@jest/globals';
import { stepsOf } from './enrichment-steps.ts';

test('series of periods are those that were known on the first day, not those published within', () => {
  const steps = stepsOf({ period: 'week', target: 'sold', series: ['UNRATE'], release: true, lags: 2 });

  expect(steps).toEqual([
    { kind: 'aggregate', period: 'week', values: [{ column: 'sold' }] },
    { kind: 'macro', series: ['UNRATE'], asOf: 'release' },
    { kind: 'lags', periods: 2 },
  ]);
});

test('without a period, series are joined to the rows', () => {
  expect(stepsOf({ start: '2020-01-01', series: ['UNRATE'], lags: 2, calendar: true }).map(({ kind }) => kind)).toEqual(
    ['filter', 'macro', 'lags', 'calendar'],
  );
});
