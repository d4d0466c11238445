import { expect, test } from '@jest/globals';
import { hasSeason } from './seasonality.ts';

/** Normal numbers: a linear congruential generator, Box and Muller. */
const normal = (seed: number) => {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
};

/** In how many of 100 series a season shows. */
const shown = (length: number, cycles: number, make: (noise: () => number) => (at: number) => number): number => {
  let count = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const value = make(normal(seed * 7919));
    const values = Float64Array.from({ length: length * cycles }, (_, at) => value(at));
    if (hasSeason(values, length)) count++;
  }
  return count;
};

const wave = (at: number, length: number) => Math.sin((2 * Math.PI * at) / length);

test.each([24, 144])(
  'a long season of %i shows through noise that is greater than one step of it, and a steep trend',
  (length) => {
    expect(shown(length, 8, (noise) => (at) => 3 * wave(at, length) + noise() + at / 2)).toBe(100);
  },
);

test.each([12, 24, 52, 144])('noise and random walks seldom show a season of %i', (length) => {
  const walk = (noise: () => number) => {
    let level = 0;
    return () => {
      level += noise();
      return level;
    };
  };
  expect(shown(length, 8, (noise) => () => noise())).toBeLessThan(20);
  expect(shown(length, 8, walk)).toBeLessThan(20);
});

test('fewer than two seasons say nothing', () => {
  expect(hasSeason(new Float64Array(24), 12)).toBeUndefined();
});
