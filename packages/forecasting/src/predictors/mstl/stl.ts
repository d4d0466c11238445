import { loess } from './loess.ts';

/** Season and trend of a series; what is left is `y − seasonal − trend`. */
export interface Decomposition {
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
}

/** Rounds of season and trend; more change nothing without robustness weights (Cleveland et al. 1990, section 3.2). */
const ROUNDS = 5;

const oddFrom = (value: number): number => {
  const whole = Math.ceil(value);
  return whole % 2 === 0 ? whole + 1 : whole;
};

const movingAverage = (y: Float64Array, length: number): Float64Array => {
  const means = new Float64Array(y.length - length + 1);
  let sum = 0;
  for (let t = 0; t < y.length; t++) {
    sum += y[t] as number;
    if (t >= length) sum -= y[t - length] as number;
    if (t >= length - 1) means[t - length + 1] = sum / length;
  }
  return means;
};

/** Each period of the season smoothed over its years, and one season further at both ends. */
const smoothPeriods = (y: Float64Array, season: number, window: number): Float64Array => {
  const smoothed = new Float64Array(y.length + 2 * season);
  for (let period = 0; period < season; period++) {
    const values = Float64Array.from(
      { length: Math.ceil((y.length - period) / season) },
      (_, year) => y[period + year * season] as number,
    );
    for (const [year, value] of loess(values, { window, degree: 0 }, 1, 1).entries()) {
      smoothed[period + year * season] = value;
    }
  }
  return smoothed;
};

/**
 * STL of Cleveland et al. (1990) without robustness weights: a season that may change slowly and a smooth trend.
 *
 * @param y at least two seasons
 * @param season length in periods, at least 2
 * @param seasonalWindow odd number of seasons over which a period is smoothed
 */
export const stl = (y: Float64Array, season: number, seasonalWindow: number): Decomposition => {
  const trendWindow = oddFrom((1.5 * season) / (1 - 1.5 / seasonalWindow));
  const lowPassWindow = oddFrom(season + 1);
  let trend = new Float64Array(y.length);
  let seasonal = new Float64Array(y.length);
  for (let round = 0; round < ROUNDS; round++) {
    const detrended = y.map((value, t) => value - (trend[t] as number));
    const smoothed = smoothPeriods(detrended, season, seasonalWindow);
    // What the smoothed periods have in common with a trend is not season.
    const averaged = movingAverage(movingAverage(movingAverage(smoothed, season), season), 3);
    const low = loess(averaged, { window: lowPassWindow, degree: 1 });
    seasonal = y.map((_, t) => (smoothed[t + season] as number) - (low[t] as number));
    const deseasoned = y.map((value, t) => value - (seasonal[t] as number));
    trend = new Float64Array(loess(deseasoned, { window: trendWindow, degree: 1 }));
  }
  return { seasonal, trend };
};
