// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the loops
import type { Rows } from '../matrix.ts';
import { clipToFloat } from './find-cuts.ts';
import type { BinnedFeature } from './plan-bins.ts';
import { floatOfKey, keyOfBits } from './sortable.ts';

/** Rows at a time, so that they stay in the cache while one feature after the other is binned. */
const blockRows = 1024;

/** From so many rows on, a table over the upper half of a float's bits saves most of the search. */
const rowsForTable = 16_384;

/** By the upper 16 bits of a sortable key: the bin of the lowest float that has them. */
const tableOf = (cuts: Float32Array): Uint8Array => {
  const table = new Uint8Array(65_536);
  let bin = 0;
  for (let upper = 0; upper < table.length; upper++) {
    const lowest = floatOfKey((upper << 16) >>> 0);
    // NaN below -Infinity and above Infinity
    if (!Number.isNaN(lowest)) while (bin < cuts.length && cuts[bin]! <= lowest) bin++;
    table[upper] = bin;
  }
  return table;
};

const searchBin = (cuts: Float32Array, value: number): number => {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Scratch memory for one feature of a block of rows. */
const createBlock = () => {
  const floats = new Float32Array(blockRows);
  return { floats, bits: new Uint32Array(floats.buffer), bins: new Uint8Array(blockRows) };
};
type Block = ReturnType<typeof createBlock>;

/** Finds the bins of the floats of a block. */
const binBlock = ({ floats, bits, bins }: Block, count: number, cuts: Float32Array, table?: Uint8Array): void => {
  if (table === undefined) {
    for (let i = 0; i < count; i++) bins[i] = searchBin(cuts, floats[i]!);
    return;
  }
  for (let i = 0; i < count; i++) {
    const value = floats[i]!;
    let bin = table[keyOfBits(bits[i]!) >>> 16]!;
    while (bin < cuts.length && cuts[bin]! <= value) bin++;
    bins[i] = bin;
  }
};

export interface BinTargets {
  /** one row after the other, `features.length` a row */
  readonly byRow: Uint8Array;
  /** one feature after the other; left out for rows that are only scored */
  readonly byColumn?: Uint8Array;
}

/** Writes the bin of each value, from the start of both targets. */
export const writeBins = (x: Rows, features: readonly BinnedFeature[], { byRow, byColumn }: BinTargets): void => {
  const { values, rows, columns } = x;
  const width = features.length;
  const tables = rows < rowsForTable ? undefined : features.map(({ cuts }) => tableOf(cuts));
  const block = createBlock();
  const { floats, bins } = block;
  for (let start = 0; start < rows; start += blockRows) {
    const count = Math.min(blockRows, rows - start);
    for (let f = 0; f < width; f++) {
      const { column, cuts, missingBin = 0 } = features[f]!;
      for (let i = 0, at = start * columns + column; i < count; i++, at += columns)
        floats[i] = clipToFloat(values[at]!);
      binBlock(block, count, cuts, tables?.[f]);
      for (let i = 0, at = start * width + f; i < count; i++, at += width) {
        if (Number.isNaN(floats[i]!)) bins[i] = missingBin;
        byRow[at] = bins[i]!;
      }
      byColumn?.set(bins.subarray(0, count), f * rows + start);
    }
  }
};
