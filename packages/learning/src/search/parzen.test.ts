import { expect, test } from '@jest/globals';
import { choiceDensity, parzenDensity } from './parzen.ts';
import { randomStream } from './random-stream.ts';

test.each([[[]], [[0.1]], [[0, 0, 1]], [[0.2, 0.21, 0.9, 0.95]]])('the density around %j integrates to one', (seen) => {
  const density = parzenDensity(seen, 0);
  const steps = 20_000;
  const mass = Array.from({ length: steps }, (_, i) => Math.exp(density.logOf((i + 0.5) / steps)) / steps);

  expect(mass.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 4);
});

test('draws follow the density', () => {
  const density = parzenDensity([0.2, 0.25, 0.8], 0);
  const random = randomStream(5, 0);
  const drawn = Array.from({ length: 20_000 }, () => density.draw(random));
  const expected = Array.from({ length: 10 }, (_, bin) =>
    Array.from({ length: 100 }, (_, i) => Math.exp(density.logOf((bin + (i + 0.5) / 100) / 10)) / 1000).reduce(
      (sum, part) => sum + part,
    ),
  );

  for (const [bin, share] of expected.entries()) {
    const seen = drawn.filter((value) => Math.floor(value * 10) === bin).length / drawn.length;
    expect(Math.abs(seen - share)).toBeLessThan(0.012);
  }
});

test('a choice that was never seen keeps a part of one observation', () => {
  const density = choiceDensity([0, 0, 1], 4);

  expect([0, 1, 2, 3].map((choice) => Math.exp(density.logOf(choice)))).toEqual(
    [2.25, 1.25, 0.25, 0.25].map((weight) => expect.closeTo(weight / 4)),
  );
});
