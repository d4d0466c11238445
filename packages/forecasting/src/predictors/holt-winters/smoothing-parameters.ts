import type { EtsForm } from '../ets/ets-form.ts';
import type { EtsLayout } from '../ets/ets-layout.ts';

const LOWEST = 1e-4;
const LOWEST_DAMPING = 0.8;
const DAMPING_RANGE = 0.18;

const squeeze = (value: number): number => 1 / (1 + Math.exp(-value));
const stretch = (share: number): number => Math.log(share / (1 - share));

/** α, β, γ and φ; those that a form has not are 0, and φ 1. */
export interface SmoothingParameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/** α in 0…1, β a share of α, γ a share of 1 − α, φ in 0.8…0.98: any real numbers are within the usual bounds. */
export const readSmoothing = (point: Float64Array, layout: EtsLayout): SmoothingParameters => {
  const alpha = LOWEST + (1 - 2 * LOWEST) * squeeze(point[layout.alpha] as number);
  return {
    alpha,
    beta: layout.beta < 0 ? 0 : alpha * squeeze(point[layout.beta] as number),
    gamma: layout.gamma < 0 ? 0 : (1 - alpha) * squeeze(point[layout.gamma] as number),
    phi: layout.phi < 0 ? 1 : LOWEST_DAMPING + DAMPING_RANGE * squeeze(point[layout.phi] as number),
  };
};

/** Turns slopes by α, β, γ and φ, which stand at their places of `gradient`, into slopes by the numbers of the point. */
export const chainSmoothing = (gradient: Float64Array, point: Float64Array, layout: EtsLayout): void => {
  const { alpha } = readSmoothing(point, layout);
  const at = (index: number): number => squeeze(point[index] as number);
  let byAlpha = gradient[layout.alpha] as number;
  const chain = (index: number, range: number, perAlpha: number): void => {
    if (index < 0) return;
    const share = at(index);
    const slope = gradient[index] as number;
    byAlpha += slope * share * perAlpha;
    gradient[index] = slope * range * share * (1 - share);
  };
  chain(layout.beta, alpha, 1);
  chain(layout.gamma, 1 - alpha, -1);
  chain(layout.phi, DAMPING_RANGE, 0);
  const share = at(layout.alpha);
  gradient[layout.alpha] = byAlpha * (1 - 2 * LOWEST) * share * (1 - share);
};

/** Where the search starts: a level that follows, slope and season that hardly do. */
export const startSmoothing = (point: Float64Array, layout: EtsLayout, form: EtsForm): void => {
  point[layout.alpha] = stretch(form.season === 'none' ? 0.3 : 0.2);
  if (layout.beta >= 0) point[layout.beta] = stretch(0.1);
  if (layout.gamma >= 0) point[layout.gamma] = stretch(0.05);
  if (layout.phi >= 0) point[layout.phi] = stretch(0.9);
};
