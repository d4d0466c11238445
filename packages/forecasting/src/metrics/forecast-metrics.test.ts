import { expect, test } from '@jest/globals';
import { errorsOf, mergeErrors, noErrors } from './error-totals.ts';
import { metricsOf } from './forecast-metrics.ts';
import { widestPair } from './interval-pair.ts';
import { seasonalScale } from './seasonal-scale.ts';

const zeros = new Float64Array(3);

test('a perfect forecast of zeros has no percentage, weighted or scaled error', () => {
  const metrics = metricsOf(errorsOf({ actual: zeros, mean: zeros, quantiles: [], scale: 0 }, []));
  expect(metrics).toMatchObject({ rmse: 0, smape: 0, mape: Number.NaN, wape: Number.NaN, mase: Number.NaN });
});

test('nothing measured is NaN, not zero', () => {
  expect(Object.values(metricsOf(noErrors([0.5]))).flat()).toEqual(new Array(8).fill(Number.NaN));
});

test('items without a scale are left out of the mean MASE', () => {
  const actual = Float64Array.of(1, 2, 3);
  const scaled = errorsOf({ actual, mean: zeros, quantiles: [], scale: 2 }, []);
  const without = errorsOf({ actual, mean: zeros, quantiles: [], scale: Number.NaN }, []);
  expect(metricsOf(mergeErrors(scaled, without)).mase).toBe(1);
});

test('windows without quantiles are left out of coverage and of quantile losses', () => {
  const levels = [0.1, 0.9];
  const actual = Float64Array.of(1, 2, 3);
  const quantiles = [Float64Array.of(0, 0, 0), Float64Array.of(1, 2, 2.5)];
  const measured = errorsOf({ actual, mean: zeros, quantiles, scale: 1 }, levels);
  const mean = errorsOf({ actual, mean: zeros, quantiles: [], scale: 1 }, levels);
  const both = metricsOf(mergeErrors(measured, mean));
  expect(both.coverage).toBeCloseTo(2 / 3);
  expect(both.weightedQuantileLosses).toEqual(metricsOf(measured).weightedQuantileLosses);
});

test('the widest central interval is found among any levels', () => {
  expect(widestPair([0.1, 0.25, 0.5, 0.75, 0.9, 0.95])).toMatchObject({ lower: 0, upper: 4 });
  expect(widestPair([0.5, 0.9])).toBeUndefined();
});

test('the scale needs more than a season', () => {
  expect(seasonalScale(Float64Array.of(1, 2, 4), 1)).toBe(1.5);
  expect(seasonalScale(Float64Array.of(1, 2), 2)).toBeNaN();
});
