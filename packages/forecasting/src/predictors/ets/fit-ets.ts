import { nelderMead } from '../nelder-mead.ts';
import type { EtsForm } from './ets-form.ts';
import { layoutOf } from './ets-layout.ts';
import { etsRecursion } from './ets-recursion.ts';
import { etsStart } from './ets-start.ts';

/** Upper bounds of β and γ, which the forms tried one after the other lower for those behind them. */
export interface EtsBounds {
  beta: number;
  gamma: number;
}

/** A fitted form. */
export interface EtsFit {
  readonly form: EtsForm;
  readonly parameters: Float64Array;
  /** Akaike's criterion corrected for short series; comparable between forms of one series only. */
  readonly aicc: number;
  readonly forecast: (horizon: number) => Float64Array;
}

const LOWEST = 1e-4;
const HIGHEST = 1 - 1e-4;
const LOWEST_DAMPING = 0.8;
const HIGHEST_DAMPING = 0.98;

/**
 * Fits one form by maximum likelihood: smoothing parameters within their bounds and the first states together. Start,
 * bounds and stopping rule are statsforecast's. β may not exceed α's start, nor γ what it leaves of 1; as there, the
 * bounds narrow for all forms after one that narrowed them, which in effect keeps slopes from moving fast.
 *
 * @param bounds is narrowed
 * @returns `undefined` where the series is too short for that many parameters
 */
export const fitEts = (y: Float64Array, season: number, form: EtsForm, bounds: EtsBounds): EtsFit | undefined => {
  const layout = layoutOf(form, season);
  const alpha = LOWEST + (0.2 * (HIGHEST - LOWEST)) / layout.season;
  if (form.trend !== 'none') bounds.beta = Math.min(bounds.beta, alpha);
  if (form.season !== 'none') bounds.gamma = Math.min(bounds.gamma, 1 - alpha);
  if (layout.length >= y.length - 1) return undefined;

  const start = new Float64Array(layout.length);
  const lower = new Float64Array(layout.length).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(layout.length).fill(Number.POSITIVE_INFINITY);
  const place = (index: number, low: number, high: number, between: number): void => {
    if (index < 0) return;
    lower[index] = low;
    upper[index] = high;
    start[index] = low + between * (high - low);
  };
  place(layout.alpha, LOWEST, HIGHEST, 0.2 / layout.season);
  place(layout.beta, LOWEST, bounds.beta, 0.1);
  place(layout.gamma, LOWEST, bounds.gamma, 0.05);
  place(layout.phi, LOWEST_DAMPING, HIGHEST_DAMPING, 0.99);
  start.set(etsStart(y, season, form), layout.level);

  const run = etsRecursion(y, form, layout);
  const parameters = nelderMead(run, start, { lower, upper, tolerance: 1e-4, iterations: 1000 });
  const count = layout.length + 1;
  const rest = y.length - count - 1;
  return {
    form,
    parameters,
    aicc: rest > 0 ? run(parameters) + 2 * count + (2 * count * (count + 1)) / rest : Number.POSITIVE_INFINITY,
    forecast: (horizon) => {
      const forecast = new Float64Array(horizon);
      run(parameters, forecast);
      return forecast;
    },
  };
};

/** Bounds before any form has been tried. */
export const widestBounds = (): EtsBounds => ({ beta: HIGHEST, gamma: HIGHEST });
