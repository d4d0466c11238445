// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the arrays' lengths

/** Writes the gradient at `point` into `gradient` and returns the value there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** A point with the objective's value and gradient there. */
export interface Evaluated {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

const sufficientDecrease = 1e-4;
const curvature = 0.9;
const maxTrials = 40;

/**
 * A step along `direction` that meets the weak Wolfe conditions, found by bisection (Lewis and Overton, "Nonsmooth
 * optimization via quasi-Newton methods", 2013, algorithm 2.6). Undefined when rounding leaves no such step.
 */
export const searchLine = (
  objective: Objective,
  from: Evaluated,
  direction: Float64Array,
  firstStep: number,
): Evaluated | undefined => {
  const slope = dot(from.gradient, direction);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let step = firstStep;
  for (let trial = 0; trial < maxTrials; trial++) {
    const point = from.point.map((value, i) => value + step * direction[i]!);
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    // written so that NaN counts as too far
    if (!(value <= from.value + sufficientDecrease * step * slope)) high = step;
    else if (dot(gradient, direction) < curvature * slope) low = step;
    else return { point, gradient, value };
    step = high === Number.POSITIVE_INFINITY ? 2 * step : (low + high) / 2;
  }
  return undefined;
};
