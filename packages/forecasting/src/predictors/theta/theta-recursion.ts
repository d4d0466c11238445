/** How Theta's line is found: over the whole series, or anew at each period from what is known by then. */
export type ThetaLine = 'static' | 'dynamic';

/** Level before the first period, smoothing constant of the level, and weight of the short-term line. */
export interface ThetaParameters {
  readonly initialLevel: number;
  readonly alpha: number;
  readonly theta: number;
}

/** The first periods' errors say more about the start than about the parameters, so the objective leaves them out. */
const WARM_UP = 3;

/** Intercept and slope of the least-squares line over periods 1…n. */
const lineOf = (y: Float64Array): { intercept: number; slope: number } => {
  const n = y.length;
  let sum = 0;
  let weighted = 0;
  for (let t = 0; t < n; t++) {
    sum += y[t] as number;
    weighted += (t + 1) * (y[t] as number);
  }
  const mean = sum / n;
  const slope = (6 * ((2 * weighted) / n - (n + 1) * mean)) / (n * n - 1);
  return { intercept: mean - ((n + 1) * slope) / 2, slope };
};

/**
 * The state-space form of the Theta method of Fiorucci et al. (2016), "Models for optimising the theta method and their
 * relationship to state space models", equations (9)–(14).
 *
 * @returns a function that runs the recursion and gives the sum of squared one-step errors after the first three; with
 *   `forecast` it goes on beyond the series, each expected value taken for the one that is not known, and writes there
 */
export const thetaRecursion = (
  y: Float64Array,
  line: ThetaLine,
): ((parameters: ThetaParameters, forecast?: Float64Array) => number) => {
  const n = y.length;
  const start = y[0] as number;
  const whole = line === 'static' ? lineOf(y) : { intercept: start, slope: 0 };
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop runs hundreds of times a fit
  return ({ initialLevel, alpha, theta }, forecast) => {
    const keep = 1 - alpha;
    const weight = 1 - 1 / theta;
    let level = alpha * start + keep * initialLevel;
    let mean = start;
    let { intercept, slope } = whole;
    let power = 1;
    let squares = 0;
    const end = n + (forecast?.length ?? 0);
    for (let t = 1; t < end; t++) {
      power *= keep;
      const expected = level + weight * (intercept * power + (slope * (1 - power * keep)) / alpha);
      let value = expected;
      if (t < n) {
        value = y[t] as number;
        if (t >= WARM_UP) squares += (value - expected) ** 2;
      } else if (forecast !== undefined) forecast[t - n] = expected;
      level = alpha * value + keep * level;
      if (line === 'dynamic') {
        slope = ((t - 1) * slope + (6 * (value - mean)) / (t + 1)) / (t + 2);
        mean = (t * mean + value) / (t + 1);
        intercept = mean - (slope * (t + 2)) / 2;
      }
    }
    return squares;
  };
};
