import { expect, test } from '@jest/globals';
import { predictors } from '../src/index.ts';
import { decompose } from '../src/predictors/mstl/decompose.ts';
import { stl } from '../src/predictors/mstl/stl.ts';
import { oracleCases, readFixture, relativeDifference } from './oracle-cases.ts';

const fixture = readFixture('mstl.json') as {
  readonly history: readonly number[];
  readonly one: { readonly length: number; readonly seasonal: readonly number[]; readonly trend: readonly number[] };
  readonly two: { readonly seasonal7: readonly number[]; readonly seasonal24: readonly number[] };
};
const history = Float64Array.from(fixture.history);

const largestDifference = (ours: Float64Array | undefined, theirs: readonly number[]): number =>
  Math.max(...theirs.map((value, t) => Math.abs(value - (ours?.[t] ?? Number.NaN))));

test('STL of one season equals statsmodels', () => {
  const { seasonal, trend } = stl(history.slice(0, fixture.one.length), 7, 11);
  expect(largestDifference(seasonal, fixture.one.seasonal)).toBeLessThan(1e-9);
  expect(largestDifference(trend, fixture.one.trend)).toBeLessThan(1e-9);
});

test('MSTL of two seasons equals statsforecast', () => {
  const [week, day] = decompose(history, [7, 24]).seasonals;
  expect(largestDifference(week, fixture.two.seasonal7)).toBeLessThan(1e-9);
  expect(largestDifference(day, fixture.two.seasonal24)).toBeLessThan(1e-9);
});

test('mstl equals statsforecast, but for the sum of powers of φ where what is left has a damped trend', () => {
  const found = oracleCases
    .filter(({ forecasts, history, seasonLength }) => forecasts.mstl && history.length >= 2 * seasonLength)
    .map((oracle) => {
      const options = { horizon: oracle.forecasts.mstl?.length ?? 0, seasonLengths: [oracle.seasonLength] };
      const forecast = predictors.mstl?.forecast(Float64Array.from(oracle.history), options);
      return [oracle.name, relativeDifference(oracle, 'mstl', forecast ?? new Float64Array())] as const;
    });
  expect(found.length).toBeGreaterThan(24);
  expect(found.filter(([, difference]) => !(difference < 1e-3))).toEqual([]);
  const damped = found.filter(([, difference]) => !(difference < 1e-9)).map(([name]) => name);
  expect(damped).toEqual(['monthly-walk', 'monthly-damped', 'quarterly-walk', 'weekly-season']);
});

test('two seasons are continued each by its own', () => {
  const at = (t: number) => 100 + 10 * Math.sin((2 * Math.PI * t) / 7) + 5 * Math.cos((2 * Math.PI * t) / 24);
  const y = Float64Array.from({ length: 240 }, (_, t) => at(t));
  const forecast = predictors.mstl?.forecast(y, { horizon: 48, seasonLengths: [7, 24] }) ?? new Float64Array();
  expect(forecast).toHaveLength(48);
  expect(Math.max(...forecast.map((value, step) => Math.abs(value - at(240 + step))))).toBeLessThan(1);
});
