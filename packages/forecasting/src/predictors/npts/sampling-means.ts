export interface SamplingKernel {
  /** Only values of the season's same period are drawn; 1: all. Not longer than the history. */
  readonly season: number;
  /** Rate by which a value's probability falls, a period; 0: all are as likely. */
  readonly decay: number;
}

/** Weights below this share of the largest one are left out. */
const LEAST_SHARE = 1e-9;

/**
 * Means of what is drawn for the periods after a history, period by period; what was drawn for a period may be drawn for
 * those after it. Expectations are linear, so the mean of a draw from draws is the weighted mean of their means.
 *
 * @param history finite values, at least one season of them
 */
export const samplingMeans = (
  history: Float64Array,
  horizon: number,
  { season, decay }: SamplingKernel,
): Float64Array => {
  const values = new Float64Array(history.length + horizon);
  values.set(history);
  // Deviations from one value: a constant is then its own mean to the last bit.
  const base = history[history.length - 1] as number;
  const farthest = decay > 0 ? -Math.log(LEAST_SHARE) / decay : Number.POSITIVE_INFINITY;
  for (let at = history.length; at < values.length; at++) {
    let sum = 0;
    let total = 0;
    for (let ago = season; ago <= at && ago - season <= farthest; ago += season) {
      const weight = Math.exp(-decay * (ago - season));
      sum += weight * ((values[at - ago] as number) - base);
      total += weight;
    }
    values[at] = base + sum / total;
  }
  return values.slice(history.length);
};
