import type { SearchDimension } from './search-space.ts';

export type Setting = string | number | boolean;
export type NumericDimension = Exclude<SearchDimension, { readonly kind: 'choice' }>;

/** Enough to tell any two settings apart that matter, and short enough to be read. */
const digits = 5;

const edges = ({ kind, low, high, log }: NumericDimension): readonly [number, number] => {
  // A whole number owns the half before and after it, so that the first and the last are drawn as often as others.
  const half = kind === 'int' ? 0.5 : 0;
  return log ? [Math.log(low - half), Math.log(high + half)] : [low - half, high + half];
};

/** Where a value of the dimension lies on the scale on which it is searched, 0 to 1; values outside count as the end. */
export const toUnit = (dimension: NumericDimension, value: number): number => {
  const [from, to] = edges(dimension);
  if (to === from) return 0.5;
  const at = ((dimension.log ? Math.log(value) : value) - from) / (to - from);
  return Math.min(1, Math.max(0, at));
};

/** The value at a place of the scale, within the bounds. */
export const fromUnit = (dimension: NumericDimension, unit: number): number => {
  const { kind, low, high, log } = dimension;
  const [from, to] = edges(dimension);
  const raw = from + unit * (to - from);
  const value = log ? Math.exp(raw) : raw;
  const rounded = kind === 'int' ? Math.round(value) : Number(value.toPrecision(digits));
  return Math.min(high, Math.max(low, rounded));
};

/** The distance on the scale below which two settings are the same: a whole number's share of it. */
export const resolution = (dimension: NumericDimension): number => {
  if (dimension.kind === 'float') return 0;
  const [from, to] = edges(dimension);
  if (!dimension.log) return 1 / (to - from);
  return (Math.log(dimension.high + 0.5) - Math.log(dimension.high - 0.5)) / (to - from);
};
