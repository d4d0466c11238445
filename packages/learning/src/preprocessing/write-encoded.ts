import type { CategoricalEncoding, NumericEncoding } from './encoding.ts';

/** Beyond it, products of a learner overflow, and a prediction would be NaN or infinite, which JSON cannot hold. */
const largest = 1e100;

/**
 * Writes a number at `out[at]`, and its indicator after it. Tables and single instances both come through here, so
 * that the same values give the same bits.
 */
export const writeNumber = (encoding: NumericEncoding, value: number, out: Float64Array, at: number): void => {
  const missing = !Number.isFinite(value);
  const filled = missing ? (encoding.fill ?? Number.NaN) : value;
  out[at] = Math.max(-largest, Math.min(largest, (filled - encoding.center) / encoding.scale));
  if (encoding.indicator) out[at + 1] = missing ? 1 : 0;
};

/** Writes a category's slot from `out[at]` on: one column if ordinal, `slots` columns if one-hot. */
export const writeSlot = (encoding: CategoricalEncoding, slot: number, out: Float64Array, at: number): void => {
  if (encoding.type === 'ordinal') {
    out[at] = slot < 0 ? Number.NaN : slot;
    return;
  }
  for (let column = 0; column < encoding.slots; column++) out[at + column] = 0;
  if (slot >= 0) out[at + slot] = 1;
};
