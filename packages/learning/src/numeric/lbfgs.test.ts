import { expect, test } from '@jest/globals';
import { minimize } from './lbfgs.ts';
import type { Objective } from './line-search.ts';

const rosenbrock: Objective = (point, gradient) => {
  const [x, y] = point as unknown as [number, number];
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

test('finds the bottom of a curved valley', () => {
  const { point, converged, iterations } = minimize(rosenbrock, Float64Array.of(-1.2, 1), {
    tolerance: 1e-9,
    maxIterations: 200,
  });
  expect(converged).toBe(true);
  expect(iterations).toBeLessThan(60);
  expect(Math.hypot((point[0] as number) - 1, (point[1] as number) - 1)).toBeLessThan(1e-8);
});

test('stops at the asked number of iterations and says so', () => {
  const minimum = minimize(rosenbrock, Float64Array.of(-1.2, 1), { tolerance: 1e-9, maxIterations: 3 });
  expect(minimum).toMatchObject({ iterations: 3, converged: false });
});
