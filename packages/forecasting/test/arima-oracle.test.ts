import { expect, test } from '@jest/globals';
import { exactDeviance } from '../src/predictors/arima/exact-likelihood.ts';
import { fitArima } from '../src/predictors/arima/fit-arima.ts';
import { selectArima } from '../src/predictors/arima/select-arima.ts';
import { oracleCases, readFixture } from './oracle-cases.ts';

const fixture = readFixture('arma.json') as {
  readonly series: readonly number[];
  readonly models: readonly {
    readonly order: readonly number[];
    readonly ar: readonly number[];
    readonly ma: readonly number[];
    readonly logLikelihood: number;
    readonly forecast: readonly number[];
  }[];
};
const series = Float64Array.from(fixture.series);

test.each(fixture.models)('likelihood and forecast of an ARMA process of orders $order equal statsmodels', (model) => {
  const polynomials = { ar: Float64Array.from(model.ar), ma: Float64Array.from(model.ma) };
  const forecast = new Float64Array(model.forecast.length);
  const deviance = exactDeviance(series, polynomials, false, forecast);
  const logLikelihood = -0.5 * (deviance + series.length * (1 + Math.log(2 * Math.PI)));
  expect(logLikelihood).toBeCloseTo(model.logLikelihood, 6);
  const differences = model.forecast.map((value, step) => Math.abs(value - (forecast[step] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-7);
});

const airline = { p: 0, d: 1, q: 1, seasonalP: 0, seasonalD: 1, seasonalQ: 1, season: 12, constant: false };

test('the airline model of Box and Jenkins has their coefficients and likelihood', () => {
  const logs = Float64Array.from(oracleCases[0]?.history ?? []).map(Math.log);
  const fit = fitArima(logs, airline, 'exact');
  const [ma = 0, seasonalMa = 0] = fit?.minimum.point ?? [];
  expect(-0.99 * Math.tanh(ma)).toBeCloseTo(-0.4018, 3);
  expect(-0.99 * Math.tanh(seasonalMa)).toBeCloseTo(-0.5569, 3);
  // R 4: log likelihood 244.7 of 131 differences with three parameters.
  expect(fit?.aicc).toBeCloseTo(-2 * 244.7 + 6 + 24 / 127, 1);
});

test('the best model by exact likelihood is as good as the one of statsforecast, or nearly', () => {
  const aicc = oracleCases.flatMap(({ name, history, seasonLength, notes }) => {
    const theirs = notes['arima-aicc'];
    const [, , , , , d, seasonalD] = notes.arima ?? [];
    if (theirs === undefined) return [];
    const fit = selectArima(Float64Array.from(history), seasonLength);
    // Criteria of other differences are not comparable.
    const isComparable = fit?.order.d === d && fit?.order.seasonalD === seasonalD;
    return isComparable ? [[name, (fit?.aicc ?? 0) - theirs] as const] : [];
  });
  expect(aicc.length).toBeGreaterThan(15);
  expect(aicc.filter(([, difference]) => !(difference < 12))).toEqual([]);
  expect(aicc.filter(([, difference]) => difference < 0.5).length).toBeGreaterThan(aicc.length * 0.6);
});
