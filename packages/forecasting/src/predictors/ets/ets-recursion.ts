import type { EtsForm } from './ets-form.ts';
import type { EtsLayout } from './ets-layout.ts';

const TINY = 1e-10;
const HUGE = 1e10;
/** The product of forecasts is turned into a logarithm before it leaves these. */
const SMALL_PRODUCT = 1e-100;
const LARGE_PRODUCT = 1e100;

const expected = (level: number, growth: number, seasonal: number, form: EtsForm): number => {
  const base = level + growth;
  if (form.season === 'none') return base;
  return form.season === 'additive' ? base + seasonal : base * seasonal;
};

/**
 * The innovations recursion of Hyndman et al. (2008), table 2.2–2.3, in the error-correction form that `forecast::ets`
 * and statsforecast use (β is not divided by α).
 *
 * @param y scaled values
 * @returns a function of a parameter vector: −2 log likelihood up to a constant, the same one for all forms. With
 *   `forecast` it goes on beyond the series and writes the expected values there. Infinite where a seasonal factor is
 *   negative or the recursion explodes.
 */
export const etsRecursion = (
  y: Float64Array,
  form: EtsForm,
  layout: EtsLayout,
): ((parameters: Float64Array, forecast?: Float64Array) => number) => {
  const n = y.length;
  const { season } = layout;
  const hasTrend = form.trend !== 'none';
  const additiveSeason = form.season === 'additive';
  const multiplicativeSeason = form.season === 'multiplicative';
  const relativeError = form.error === 'multiplicative';
  const seasonals = new Float64Array(season);

  /** Fills `seasonals` in the order of the periods; the vector has them backwards from the last. */
  const readSeason = (parameters: Float64Array): boolean => {
    if (!additiveSeason && !multiplicativeSeason) return true;
    let rest = multiplicativeSeason ? season : 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < season - 1; j++) {
      const value = parameters[layout.firstSeasonal + j] as number;
      seasonals[season - 1 - j] = value;
      rest -= value;
      if (value < smallest) smallest = value;
    }
    seasonals[0] = rest;
    return additiveSeason || (smallest >= 0 && rest >= 0);
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop for all forms; its branches are constant in a run and predicted
  return (parameters, forecast) => {
    if (!readSeason(parameters)) return Number.POSITIVE_INFINITY;
    const alpha = parameters[0] as number;
    const slopeGain = hasTrend ? (parameters[layout.beta] as number) / alpha : 0;
    const gamma = layout.gamma >= 0 ? (parameters[layout.gamma] as number) : 0;
    const phi = form.damped ? (parameters[layout.phi] as number) : 1;
    let level = parameters[layout.level] as number;
    let slope = hasTrend ? (parameters[layout.slope] as number) : 0;
    let squares = 0;
    let logarithms = 0;
    let product = 1;
    let period = 0;
    for (let t = 0; t < n; t++) {
      const value = y[t] as number;
      const growth = phi * slope;
      const base = level + growth;
      const seasonal = seasonals[period] as number;
      const fitted = additiveSeason ? base + seasonal : multiplicativeSeason ? base * seasonal : base;
      let error = value - fitted;
      if (relativeError) {
        error /= fitted < TINY && fitted > -TINY ? fitted + TINY : fitted;
        const size = fitted < 0 ? -fitted : fitted;
        product *= size > 0 ? size : 1e-8;
        if (product < SMALL_PRODUCT || product > LARGE_PRODUCT) {
          logarithms += Math.log(product);
          product = 1;
        }
      }
      squares += error * error;
      let deseasoned = value;
      if (additiveSeason) {
        deseasoned -= seasonal;
        seasonals[period] = seasonal + gamma * (value - base - seasonal);
      } else if (multiplicativeSeason) {
        deseasoned = seasonal < TINY && seasonal > -TINY ? HUGE : value / seasonal;
        const ratio = base < TINY && base > -TINY ? HUGE : value / base;
        seasonals[period] = seasonal + gamma * (ratio - seasonal);
      }
      const previous = level;
      level = base + alpha * (deseasoned - base);
      if (hasTrend) slope = growth + slopeGain * (level - previous - growth);
      if (++period === season) period = 0;
    }
    if (forecast !== undefined) {
      // φ + φ² + … + φʰ. statsforecast and forecast::ets add φ twice and leave out φʰ.
      let damping = 0;
      let power = 1;
      for (let step = 0; step < forecast.length; step++) {
        power *= phi;
        damping += power;
        forecast[step] = expected(level, damping * slope, seasonals[(n + step) % season] as number, form);
      }
    }
    const fit = n * Math.log(squares > 0 ? squares : 1e-8);
    return relativeError ? fit + 2 * (logarithms + Math.log(product)) : fit;
  };
};
