import type { GapPolicy } from './raw-rows.ts';

/**
 * Straight lines between the values beside gaps; ends take the nearest value. All missing stays so.
 *
 * @param values NaN is missing
 */
export const interpolate = (values: Float64Array): Float64Array => {
  const filled = values.slice();
  const places = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]));
  const [first = 0] = places;
  const last = places.at(-1) ?? 0;
  filled.fill(values[first] ?? Number.NaN, 0, first);
  filled.fill(values[last] ?? Number.NaN, last + 1);
  for (const [k, left] of places.entries()) {
    const right = places[k + 1] ?? left;
    const from = values[left] as number;
    const slope = ((values[right] as number) - from) / Math.max(1, right - left);
    for (let gap = left + 1; gap < right; gap++) filled[gap] = from + slope * (gap - left);
  }
  return filled;
};

const forward = (values: Float64Array): Float64Array => {
  let last = Number.NaN;
  return values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
};

/** @param values NaN is missing; the first one is not */
export const fillGaps = (values: Float64Array, policy: GapPolicy): Float64Array => {
  switch (policy) {
    case 'zero':
      return values.map((value) => (Number.isNaN(value) ? 0 : value));
    case 'forward':
      return forward(values);
    case 'interpolate':
      return interpolate(values);
    case 'missing':
      return values;
  }
};
