import { expect, test } from '@jest/globals';
import { maseScale, windowMetrics } from './window-metrics.ts';

const wave = (t: number) => -50 - 5 * Math.sin((2 * Math.PI * t) / 12);

test('a season that repeats but for rounding has no scale, so that no error becomes millions of it', () => {
  const history = Float64Array.from({ length: 48 }, (_, t) => wave(t));
  expect(maseScale(history, [12])).toBe(0);
  const quarter = Float64Array.of(-50, -51, -52);
  expect(windowMetrics(quarter, new Float64Array(3).fill(-50), [], maseScale(history, [12])).mase).toBeNaN();
});

test('small differences that are more than rounding are a scale', () => {
  const history = Float64Array.from({ length: 48 }, (_, t) => wave(t) + (t % 2 === 0 ? 1e-6 : 0) * Math.floor(t / 12));
  expect(maseScale(history, [12])).toBeGreaterThan(1e-7);
});
