import { bfgs } from '../bfgs.ts';
import { candidateForms, type EtsForm } from '../ets/ets-form.ts';
import { layoutOf } from '../ets/ets-layout.ts';
import { etsStart } from '../ets/ets-start.ts';
import { smoothingLikelihood } from './smoothing-likelihood.ts';
import { startSmoothing } from './smoothing-parameters.ts';

/** Fewer values than this say nothing about a smoothing parameter. */
const SHORTEST = 7;

/** Within seasons longer than this (hours, weeks) a trend that is not damped soon leaves everything seen behind. */
const LONGEST_SEASON_OF_UNDAMPED_TREND = 12;

/** A fitted form. */
export interface SmoothingFit {
  readonly form: EtsForm;
  /** Akaike's criterion corrected for short series. */
  readonly aicc: number;
  readonly forecast: (horizon: number) => Float64Array;
}

/** @returns `undefined` where the series is too short for the form's parameters, or does not suit it */
export const fitSmoothing = (y: Float64Array, season: number, form: EtsForm): SmoothingFit | undefined => {
  const layout = layoutOf(form, season);
  const count = layout.length + 1;
  const rest = y.length - count - 1;
  if (rest <= 0) return undefined;
  const start = new Float64Array(layout.length);
  startSmoothing(start, layout, form);
  start.set(etsStart(y, season, form), layout.level);
  const { deviance, gradient, forecast } = smoothingLikelihood(y, form, layout);
  const { point, value } = bfgs(deviance, { start, gradient, tolerance: 1e-6, iterations: 200 });
  if (!Number.isFinite(value)) return undefined;
  return {
    form,
    aicc: value + 2 * count + (2 * count * (count + 1)) / rest,
    forecast: (horizon) => forecast(point, horizon),
  };
};

/** The form with the smallest AICc, as `selectEts`, but each at the maximum of its likelihood, and trends damped in long seasons. */
export const selectSmoothing = (y: Float64Array, season: number): SmoothingFit | undefined => {
  if (y.length < SHORTEST) return undefined;
  const usable = y.length > season ? season : 1;
  const positive = y.every((value) => value > 0);
  return candidateForms(usable, positive)
    .filter(({ trend, damped }) => trend === 'none' || damped || usable <= LONGEST_SEASON_OF_UNDAMPED_TREND)
    .flatMap((form) => fitSmoothing(y, usable, form) ?? [])
    .reduce<SmoothingFit | undefined>((best, fit) => (best && best.aicc <= fit.aicc ? best : fit), undefined);
};
