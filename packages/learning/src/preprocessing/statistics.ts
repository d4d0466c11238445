// biome-ignore-all lint/style/noNonNullAssertion: indices stay within loops over the arrays' own lengths

/** Median of the values, which must not be empty nor hold NaN; the mean of the middle two for an even count. */
export const median = (values: Float64Array): number => {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
};

/** The most frequent value, the least of them in a tie, as scikit-learn's `SimpleImputer` has it. */
export const mode = (values: Float64Array): number => {
  const sorted = values.slice().sort();
  let best = sorted[0]!;
  let bestCount = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start > bestCount) [best, bestCount] = [sorted[start]!, end - start];
    start = end;
  }
  return best;
};

/**
 * Mean and population standard deviation, in two passes. Each term is divided before it is summed, so that values near
 * the end of the double's range do not overflow. A constant column has scale 1.
 */
export const centerAndScale = (values: Float64Array): { center: number; scale: number } => {
  const count = values.length;
  let center = 0;
  for (let i = 0; i < count; i++) center += values[i]! / count;
  let correction = 0;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    correction += (values[i]! - center) / count;
    widest = Math.max(widest, Math.abs(values[i]! - center));
  }
  center += correction;
  if (widest === Number.POSITIVE_INFINITY) {
    const quarter = centerAndScale(values.map((value) => value / 4));
    return { center: quarter.center * 4, scale: quarter.scale * 4 };
  }
  // what is left of a constant column after rounding is noise, which scaling would blow up to unit variance
  if (widest <= Math.abs(center) * 1e-14) return { center, scale: 1 };
  let variance = 0;
  for (let i = 0; i < count; i++) variance += ((values[i]! - center) / widest) ** 2 / count;
  const scale = widest * Math.sqrt(variance);
  return Number.isFinite(scale) && scale > 0 ? { center, scale } : { center, scale: 1 };
};
