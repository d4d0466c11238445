/**
 * The scale of MASE (Hyndman and Koehler 2006): mean absolute error of the seasonal naive forecast within the history.
 *
 * @param seasonLength in periods, 1 for none
 * @returns 0 where the history repeats itself; NaN where it is not longer than the season
 */
export const seasonalScale = (history: Float64Array, seasonLength: number): number => {
  const count = history.length - seasonLength;
  if (count <= 0) return Number.NaN;
  let sum = 0;
  for (let t = seasonLength; t < history.length; t++) {
    sum += Math.abs((history[t] as number) - (history[t - seasonLength] as number));
  }
  return sum / count;
};
