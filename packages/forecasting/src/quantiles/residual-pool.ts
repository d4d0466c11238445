import type { ItemResiduals } from './residuals.ts';

/**
 * How far residuals spread: by item (its scale), by the size of the forecast (to a power, as a high forecast misses by
 * more) and by step. What is left is the same for all, and its quantiles are shared.
 */
export interface ResidualPool {
  /** 0: the same spread at any forecast, 1: in proportion to it. */
  readonly power: number;
  /** By step. */
  readonly growth: Float64Array;
  /** Residuals divided by their spread. */
  readonly standardised: Float64Array;
  /** Mean of their absolute values; 1 where there are none: errors as large as what values change by. */
  readonly size: number;
  readonly items: number;
  /** Windows of all items. */
  readonly windows: number;
}

const powers = [0, 0.5, 1];

/** Below this share of the level a forecast's spread falls no further: zeros miss by something, too. */
const leastShare = 0.2;

/** Spread of one forecast before its step is counted. */
export const spreadAt = (
  forecast: number,
  { scale, level }: Pick<ItemResiduals, 'scale' | 'level'>,
  power: number,
): number => (level > 0 ? scale * Math.max(leastShare, Math.abs(forecast) / level) ** power : scale);

/** A scale below this share of what was missed says nothing of it: values were next to nothing before all windows. */
const leastScale = 1e-9;

/**
 * An item whose values before all windows were (next to) 0 has the scale of what it missed in those that are known, so
 * that its unit does not matter; 0 where it has missed nothing.
 */
export const withScale = (item: ItemResiduals): ItemResiduals => {
  const sizes = item.windows.flatMap(({ residuals }) => Array.from(residuals, Math.abs)).filter((size) => size > 0);
  const missed = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
  return item.scale > leastScale * missed ? item : { ...item, scale: missed, level: 0 };
};

/** Calls back with each residual that there is. */
export const eachResidual = (
  item: ItemResiduals,
  power: number,
  visit: (step: number, standardised: number, spread: number) => void,
): void => {
  for (const { forecast, residuals } of item.windows) {
    for (let step = 0; step < residuals.length; step++) {
      const residual = residuals[step] as number;
      if (Number.isNaN(residual)) continue;
      const spread = spreadAt(forecast[step] as number, item, power);
      visit(step, spread > 0 ? residual / spread : 0, spread);
    }
  }
};

/** Negative log-likelihood of a power, with Laplace errors of a size of its own for each item. */
const misfit = (items: readonly ItemResiduals[], power: number): number => {
  let total = 0;
  for (const item of items) {
    let sum = 0;
    let logs = 0;
    let count = 0;
    eachResidual(item, power, (_, standardised, spread) => {
      sum += Math.abs(standardised);
      logs += Math.log(spread / item.scale);
      count++;
    });
    if (sum > 0) total += count * Math.log(sum / count) + logs;
  }
  return total;
};

/** So many residuals of a step count as much as the curve through all steps. */
const curveResiduals = 30;
/** Errors do not grow faster than with time itself, nor shrink. */
const mostExponent = 1;

interface StepSizes {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

const stepSizes = (items: readonly ItemResiduals[], power: number, horizon: number): StepSizes => {
  const sums = new Float64Array(horizon);
  const counts = new Float64Array(horizon);
  for (const item of items) {
    let own = 0;
    let count = 0;
    eachResidual(item, power, (_, standardised) => {
      own += Math.abs(standardised);
      count++;
    });
    if (!(own > 0)) continue;
    // In units of the item's own mean error: a bad item must not decide on the shape alone.
    eachResidual(item, power, (step, standardised) => {
      sums[step] = (sums[step] as number) + (Math.abs(standardised) * count) / own;
      counts[step] = (counts[step] as number) + 1;
    });
  }
  return { sums, counts };
};

/** Slope of log size on log step, by least squares weighted by counts. */
const exponentOf = ({ sums, counts }: StepSizes): number => {
  const points = Array.from(sums.keys()).filter((step) => (counts[step] as number) > 0 && (sums[step] as number) > 0);
  const weight = (step: number) => (counts[step] as number) / (step + 1);
  const total = points.reduce((sum, step) => sum + weight(step), 0);
  const mean = (of: (step: number) => number) => points.reduce((sum, step) => sum + weight(step) * of(step), 0) / total;
  const x = (step: number) => Math.log(step + 1);
  const y = (step: number) => Math.log((sums[step] as number) / (counts[step] as number));
  const mx = mean(x);
  const variance = mean((step) => (x(step) - mx) ** 2);
  if (!(variance > 0)) return 0.3;
  const my = mean(y);
  return Math.min(mostExponent, Math.max(0, mean((step) => (x(step) - mx) * (y(step) - my)) / variance));
};

/** By step: a power of time, and where there are many residuals the mean of the step and its neighbours. */
const growthOf = (sizes: StepSizes, horizon: number, windows: number): Float64Array => {
  const { sums, counts } = sizes;
  // Few windows say little of how errors grow: drawn to the square root of time, a random walk's.
  const share = windows / (windows + 8);
  const exponent = share * exponentOf(sizes) + (1 - share) * 0.5;
  const curve = Float64Array.from({ length: horizon }, (_, step) => (step + 1) ** exponent);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const level =
    total === 0
      ? 1
      : sums.reduce((sum, one) => sum + one, 0) /
        curve.reduce((sum, one, step) => sum + one * (counts[step] as number), 0);
  return curve.map((one, step) => {
    let sum = 0;
    let count = 0;
    for (let near = Math.max(0, step - 1); near <= Math.min(horizon - 1, step + 1); near++) {
      sum += sums[near] as number;
      count += counts[near] as number;
    }
    const trust = count / (count + curveResiduals * 3);
    return count === 0 ? one * level : (1 - trust) * one * level + (trust * sum) / count;
  });
};

/**
 * What residuals have in common.
 *
 * @param items of those windows alone that may be known
 */
export const poolResiduals = (items: readonly ItemResiduals[], horizon: number): ResidualPool => {
  const used = items.filter(({ windows }) => windows.length > 0).map(withScale);
  const misfits = powers.map((power) => misfit(used, power));
  const power = powers[misfits.indexOf(Math.min(...misfits))] ?? 0;
  const windows = used.reduce((sum, item) => sum + item.windows.length, 0);
  const growth = growthOf(stepSizes(used, power, horizon), horizon, windows);
  const standardised: number[] = [];
  for (const item of used) {
    eachResidual(item, power, (step, value) => standardised.push(value / (growth[step] as number)));
  }
  const total = standardised.reduce((sum, value) => sum + Math.abs(value), 0);
  const size = standardised.length === 0 ? 1 : total / standardised.length;
  return { power, growth, standardised: Float64Array.from(standardised), size, items: used.length, windows };
};

/**
 * The part of residuals that was known before a window: windows that are closer together than they are long overlap.
 *
 * @param windowStep periods between the cutoffs of windows; default: they do not overlap
 */
export const before = (item: ItemResiduals, window: number, windowStep = Number.POSITIVE_INFINITY): ItemResiduals => ({
  ...item,
  windows: item.windows
    .filter((one) => one.window < window)
    .map((one) => ({ ...one, residuals: one.residuals.subarray(0, (window - one.window) * windowStep) })),
});
