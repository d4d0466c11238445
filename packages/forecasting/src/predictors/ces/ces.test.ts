import { expect, test } from '@jest/globals';
import { ces } from './ces.ts';

const monthly = (length: number) =>
  Float64Array.from({ length }, (_, t) => 100 + 0.5 * t + 20 * Math.sin((2 * Math.PI * t) / 12) + ((t * 7) % 5));

test('a trend with a season goes on', () => {
  const all = monthly(120);
  const forecast = ces.forecast(all.slice(0, 108), { horizon: 12, seasonLengths: [12] });
  for (const [step, value] of (forecast ?? []).entries())
    expect(Math.abs(value - (all[108 + step] as number))).toBeLessThan(8);
  expect(forecast).toHaveLength(12);
});

test('a constant is its own forecast, and the unit changes nothing', () => {
  expect(ces.forecast(new Float64Array(20).fill(7), { horizon: 2, seasonLengths: [4] })).toEqual(Float64Array.of(7, 7));
  const options = { horizon: 6, seasonLengths: [12] };
  const small = ces.forecast(monthly(60), options);
  const large = ces.forecast(
    monthly(60).map((value) => 1000 * value),
    options,
  );
  for (const [step, value] of (small ?? []).entries()) expect(large?.[step]).toBeCloseTo(1000 * value, 5);
});

test('a history of one season or less has no season, and below six values there is none', () => {
  const short = monthly(10);
  expect(ces.forecast(short, { horizon: 3, seasonLengths: [12] })).toHaveLength(3);
  expect(ces.forecast(short.slice(0, 5), { horizon: 3, seasonLengths: [] })).toBeUndefined();
});
