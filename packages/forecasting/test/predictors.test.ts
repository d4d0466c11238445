import { expect, test } from '@jest/globals';
import { predictors } from '../src/index.ts';
import { oracleCases } from './oracle-cases.ts';

const all = Object.values(predictors);
const horizon = 14;
const seasonal = { horizon, seasonLengths: [12] };

test('predictors are listed by their names', () => {
  expect(Object.entries(predictors).every(([name, predictor]) => name === predictor.name)).toBe(true);
});

test.each(all)('$name: a constant series forecasts itself', (predictor) => {
  for (const value of [0.1, 7.3, -1e6]) {
    const forecast = predictor.forecast(new Float64Array(40).fill(value), seasonal);
    expect(forecast).toHaveLength(horizon);
    expect(forecast?.every((step) => step === value)).toBe(true);
  }
});

test.each(all)('$name: a thousandfold target has a thousandfold forecast', (predictor) => {
  const worst = oracleCases
    .filter((_, i) => i % 3 === 0)
    .map(({ name, history, seasonLength }) => {
      const y = Float64Array.from(history);
      const options = { horizon, seasonLengths: [seasonLength] };
      const one = predictor.forecast(y, options);
      const thousand = predictor.forecast(
        y.map((value) => value * 1000),
        options,
      );
      const level = y.reduce((sum, value) => sum + Math.abs(value), 0) / y.length;
      const largest = one?.map((value, step) => Math.abs(value - (thousand?.[step] ?? Number.NaN) / 1000));
      return [name, Math.max(0, ...(largest ?? [])) / level] as const;
    });
  expect(worst.filter(([, difference]) => !(difference < 1e-6))).toEqual([]);
});

const awkward: Record<string, Float64Array> = {
  zeros: new Float64Array(50),
  'one demand in zeros': new Float64Array(50).map((_, t) => (t === 20 ? 4 : 0)),
  'one demand at the end': new Float64Array(50).map((_, t) => (t === 49 ? 4 : 0)),
  alternating: new Float64Array(50).map((_, t) => (t % 2 === 0 ? 1 : -1)),
  'a perfect line': new Float64Array(50).map((_, t) => 3 * t),
  'a perfect season': new Float64Array(60).map((_, t) => [5, 1, 9, 2, 8, 4, 6, 7, 3, 0, 2, 1][t % 12] as number),
  explosive: new Float64Array(60).map((_, t) => 1.5 ** t),
  'a step': new Float64Array(48).map((_, t) => (t < 30 ? 1 : 1e6)),
  tiny: new Float64Array(48).map((_, t) => 1e-12 * (1 + (t % 5))),
  huge: new Float64Array(48).map((_, t) => 1e200 * (1 + (t % 5))),
  'an outlier': new Float64Array(48).map((_, t) => (t === 30 ? 1e9 : 10 + (t % 3))),
  'negative, falling': new Float64Array(48).map((_, t) => -10 - t ** 2),
};

test.each(all)('$name: awkward series have finite forecasts of the asked length', (predictor) => {
  for (const history of Object.values(awkward)) {
    const forecast = predictor.forecast(history, seasonal);
    expect(forecast?.every((value) => Number.isFinite(value)) ?? true).toBe(true);
    expect(forecast?.length ?? horizon).toBe(horizon);
  }
});

test.each(all)('$name: the shortest histories have a finite forecast or none', (predictor) => {
  const values = [3, -1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8];
  for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 19, 27]) {
    for (const season of [1, 2, 4, 12]) {
      const history = Float64Array.from(values.slice(0, length));
      const forecast = predictor.forecast(history, { horizon, seasonLengths: [season] });
      expect(forecast?.every((value) => Number.isFinite(value)) ?? true).toBe(true);
      expect(length === 0 ? forecast : undefined).toBeUndefined();
    }
  }
});

test.each(all)('$name: leaves the history as it was and answers the same again', (predictor) => {
  const history = Float64Array.from(oracleCases[0]?.history ?? []);
  const first = predictor.forecast(history, seasonal);
  expect([...history]).toEqual(oracleCases[0]?.history);
  expect(predictor.forecast(history, seasonal)).toEqual(first);
});
