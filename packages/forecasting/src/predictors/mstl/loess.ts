/** A local regression of evenly spaced values: tricube weights over `window` (odd) neighbours, locally constant or linear. */
export interface LoessOptions {
  readonly window: number;
  readonly degree: 0 | 1;
}

const tricube = (distance: number, reach: number): number => {
  if (distance > 0.999 * reach) return 0;
  if (distance <= 0.001 * reach) return 1;
  const ratio = distance / reach;
  const rest = 1 - ratio * ratio * ratio;
  return rest * rest * rest;
};

/** Makes the weights, which add up to 1, those of the line's value at `at` instead of the mean's. */
const tilt = (weights: Float64Array, count: number, at: number, smallestSpread: number): void => {
  let centre = 0;
  for (let j = 0; j < count; j++) centre += (weights[j] as number) * j;
  let spread = 0;
  for (let j = 0; j < count; j++) spread += (weights[j] as number) * (j - centre) ** 2;
  if (Math.sqrt(spread) <= smallestSpread) return;
  const slope = (at - centre) / spread;
  for (let j = 0; j < count; j++) weights[j] = (weights[j] as number) * (slope * (j - centre) + 1);
};

/**
 * Smooths at the positions -`before` … n-1+`after`, as Cleveland's et al. (1990) STL has it, outside the data by
 * extrapolation from the outermost window.
 *
 * @returns n + `before` + `after` values
 */
export const loess = (y: Float64Array, options: LoessOptions, before = 0, after = 0): Float64Array => {
  const { window, degree } = options;
  const n = y.length;
  const count = Math.min(window, n);
  const extra = window > n ? Math.floor((window - n) / 2) : 0;
  const weights = new Float64Array(count);
  let weightsAt = Number.NaN;

  /** Weights of the `count` values that begin at a place `at` before the position. */
  const weigh = (at: number): void => {
    const reach = Math.max(at, count - 1 - at) + extra;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const weight = tricube(Math.abs(j - at), reach);
      weights[j] = weight;
      sum += weight;
    }
    for (let j = 0; j < count; j++) weights[j] = (weights[j] as number) / sum;
    if (degree === 1 && reach > 0) tilt(weights, count, at, 0.001 * (n - 1));
    weightsAt = at;
  };

  const smoothed = new Float64Array(n + before + after);
  const half = (window - 1) / 2;
  for (let position = -before; position < n + after; position++) {
    const start = Math.min(Math.max(position - half, 0), n - count);
    // Inside the series all windows have the same weights.
    if (position - start !== weightsAt) weigh(position - start);
    let value = 0;
    for (let j = 0; j < count; j++) value += (weights[j] as number) * (y[start + j] as number);
    smoothed[position + before] = value;
  }
  return smoothed;
};
