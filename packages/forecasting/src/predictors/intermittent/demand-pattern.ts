export type DemandPattern = 'smooth' | 'erratic' | 'intermittent' | 'lumpy';

/** Where Croston's method begins to beat simple smoothing (Syntetos, Boylan and Croston 2005). */
const INTERVAL_LIMIT = 1.32;
const VARIATION_LIMIT = 0.49;

/** How often and how evenly a series has demand. */
export interface DemandProfile {
  readonly pattern: DemandPattern;
  /** ADI: periods per period with demand. Infinite without demand. */
  readonly averageInterval: number;
  /** CV²: squared coefficient of variation of the sizes of demands. */
  readonly squaredVariation: number;
}

/** Classifies demand by average interval and by squared variation of the sizes; values of 0 and below are no demand. */
export const demandProfile = (history: Float64Array): DemandProfile => {
  const sizes = history.filter((value) => value > 0);
  const averageInterval = sizes.length === 0 ? Number.POSITIVE_INFINITY : history.length / sizes.length;
  const mean = sizes.reduce((sum, value) => sum + value, 0) / sizes.length;
  const variance = sizes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sizes.length;
  const squaredVariation = sizes.length === 0 ? 0 : variance / mean ** 2;
  const even = squaredVariation < VARIATION_LIMIT;
  const often = averageInterval < INTERVAL_LIMIT;
  const pattern = often ? (even ? 'smooth' : 'erratic') : even ? 'intermittent' : 'lumpy';
  return { pattern, averageInterval, squaredVariation };
};
