import { expect, test } from '@jest/globals';
import type { Hyperparameters } from '../predictor.ts';
import { npts } from './npts.ts';

const forecast = (
  history: readonly number[],
  hyperparameters: Hyperparameters = {},
  seasonLengths: readonly number[] = [],
) =>
  Array.from(
    npts.withHyperparameters?.(hyperparameters).forecast(Float64Array.from(history), { horizon: 3, seasonLengths }) ??
      [],
  );

test('recent values are drawn with exponentially larger probability, and draws may be drawn again', () => {
  const decay = 0.5;
  const weight = (ago: number) => Math.exp(-decay * ago);
  const first = (weight(1) * 4 + weight(2) * 2 + weight(3) * 6) / (weight(1) + weight(2) + weight(3));
  const total = weight(1) + weight(2) + weight(3) + weight(4);
  const second = (weight(1) * first + weight(2) * 4 + weight(3) * 2 + weight(4) * 6) / total;
  const found = forecast([6, 2, 4], { exp_kernel_weights: decay });
  expect(found[0]).toBeCloseTo(first, 12);
  expect(found[1]).toBeCloseTo(second, 12);
});

test('the expectation is what many draws have as their mean', () => {
  const history = [0, 0, 3, 0, 1, 0, 0, 7];
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const draw = () => {
    const values = [...history];
    for (let step = 0; step < 3; step++) {
      const weights = values.map((_, i) => Math.exp(-0.2 * (values.length - i)));
      const wanted = random() * weights.reduce((sum, one) => sum + one, 0);
      let reached = 0;
      const place = weights.findIndex((one) => {
        reached += one;
        return reached > wanted;
      });
      values.push(values[place] ?? 0);
    }
    return values.slice(history.length);
  };
  const draws = Array.from({ length: 40_000 }, draw);
  const means = [0, 1, 2].map((step) => draws.reduce((sum, one) => sum + (one[step] ?? 0), 0) / draws.length);
  const found = forecast(history, { exp_kernel_weights: 0.2 });
  for (const [step, mean] of means.entries()) expect(Math.abs(mean - (found[step] ?? 0))).toBeLessThan(0.06);
});

test('the seasonal variant draws from the same period of the season', () => {
  expect(forecast([1, 2, 3, 1, 2, 3], {}, [3])).toEqual([1, 2, 3]);
  expect(forecast([1, 5, 3, 5], { kernel_type: 'uniform' }, [2])).toEqual([2, 5, 2]);
  expect(forecast([1, 5, 3, 5], { kernel_type: 'uniform', use_seasonal_model: false }, [2])[0]).toBe(3.5);
});

test('a uniform kernel is the climatological forecaster, over the context that is wanted', () => {
  expect(forecast([1, 2, 3, 6], { kernel_type: 'uniform' })).toEqual([3, 3, 3]);
  expect(forecast([100, 2, 4], { kernel_type: 'uniform', context_length: 2 })).toEqual([3, 3, 3]);
});

test('forecasts stay within the values that were seen, also where a season is not over yet', () => {
  for (const value of forecast([4, 0, 9], {}, [12])) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(9);
  }
  expect(npts.forecast(new Float64Array(0), { horizon: 1, seasonLengths: [] })).toBeUndefined();
});
