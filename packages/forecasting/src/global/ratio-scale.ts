/**
 * How targets are made comparable over items and time: relative to a base that is known at the origin. `log` is for
 * targets that are never negative, `share` for those of Tweedie's distribution, `linear` for the others.
 */
export type RatioScale = 'log' | 'share' | 'linear';

/** Share of the base that is added before the logarithm: zeros stay finite, and small values do not shout. */
const offset = 0.1;

/** So many spreads from the base count as no more: the first jump of an item that was flat must not outweigh all others. */
const mostSpreads = 10;

/** @param spread of the item, by which `linear` divides */
export const toRatio = (value: number, base: number, spread: number, scale: RatioScale): number => {
  if (scale === 'linear') return Math.max(-mostSpreads, Math.min(mostSpreads, (value - base) / spread));
  const share = Math.max(0, value) / base;
  return scale === 'share' ? share : Math.log((share + offset) / (1 + offset));
};

/** So far above the base, in logarithms, nothing is believed. */
const most = 5;

/** Inverse of `toRatio`. */
export const fromRatio = (ratio: number, base: number, spread: number, scale: RatioScale): number => {
  if (scale === 'linear') return base + spread * ratio;
  const share = scale === 'share' ? ratio : (1 + offset) * Math.exp(Math.min(most, ratio)) - offset;
  return base * Math.max(0, share);
};
