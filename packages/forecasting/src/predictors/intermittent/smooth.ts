/** The level after simple exponential smoothing that starts at the first value. */
export const smooth = (values: Float64Array, alpha: number): number => {
  let level = values[0] ?? 0;
  for (let t = 1; t < values.length; t++) level += alpha * ((values[t] as number) - level);
  return level;
};
