/**
 * Largest partial autocorrelation. A single root this close to the unit circle is as good as one on it: a moving average
 * there says that the season or trend is fixed, which is a fair answer and need not be refused.
 */
const LARGEST_PARTIAL = 0.99;

/**
 * Coefficients of a stationary autoregression from any real numbers: each is squeezed to a partial autocorrelation
 * between −0.99 and 0.99, and Durbin's and Levinson's recursion makes coefficients of them (Monahan 1984). A search over the
 * numbers never leaves the stationary region.
 *
 * @param into is overwritten
 */
export const stationaryCoefficients = (free: Float64Array, into: Float64Array): void => {
  for (let k = 0; k < free.length; k++) {
    const partial = LARGEST_PARTIAL * Math.tanh(free[k] as number);
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const a = into[i] as number;
      const b = into[j] as number;
      into[i] = a - partial * b;
      into[j] = b - partial * a;
    }
    into[k] = partial;
  }
};

/**
 * Whether all roots of 1 − Σ c_i zⁱ are farther from 0 than `radius`: the recursion backwards, on coefficients that are
 * stretched by the radius, finds partial autocorrelations below 1 only then.
 */
export const rootsBeyond = (coefficients: Float64Array, radius: number): boolean => {
  const work = coefficients.map((value, i) => value * radius ** (i + 1));
  for (let k = work.length - 1; k >= 0; k--) {
    const partial = work[k] as number;
    if (!(Math.abs(partial) < 1)) return false;
    const rest = 1 - partial * partial;
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const a = work[i] as number;
      const b = work[j] as number;
      work[i] = (a + partial * b) / rest;
      work[j] = (b + partial * a) / rest;
    }
  }
  return true;
};
