import { shareStart, STAGED_ROWS, STAGE_BEGIN, STAGE_TRAINS } from './cells';
import { cellsOffset, missingBinOf, NO_BIN } from './histogram';
import {
  binsByColumn, binsByRow, columns, cutTable, featureColumns, features, rowCount, stage, thread, wideFeatures,
} from './settings';

/** Rows at a time, so that they stay in the cache while one feature after the other is binned. */
const BLOCK: i32 = 256;

/**
 * One step of a binary search without branches, which would be guessed wrong half of the time. A table of cuts is filled
 * up with NaN, which is not below anything.
 */
@inline
function step(at: usize, value: f32, bytes: usize): usize {
  return at + (bytes & -(<usize>(load<f32>(at + bytes - 4) <= value)));
}

/** How many of up to 15 cuts are not above a value. */
@inline
function narrowBin(cuts: usize, value: f32): u32 {
  return <u32>((step(step(step(step(cuts, value, 32), value, 16), value, 8), value, 4) - cuts) >> 2);
}

/** How many of up to 255 cuts are not above a value. */
@inline
function wideBin(cuts: usize, value: f32): u32 {
  const at = step(step(step(step(cuts, value, 512), value, 256), value, 128), value, 64);
  return <u32>(at - cuts >> 2) + narrowBin(at, value);
}

/** Where a feature's cuts begin: 256 or 16 of them. */
@inline
export function cutsAt(feature: i32): usize {
  return cutTable + (cellsOffset(feature) >> 2);
}

function binBlock(feature: i32, from: usize, count: i32, row: i32): void {
  const cuts = cutsAt(feature);
  const isWide = feature < wideFeatures;
  // A column whose values take all cells has nothing missing.
  const last = missingBinOf(feature);
  const missing: u32 = last == NO_BIN ? 0 : last;
  const stride = <usize>columns << 2;
  const keepsColumn = load<i32>(STAGE_TRAINS) != 0;
  let byRow = binsByRow + <usize>row * features + feature;
  let byColumn = binsByColumn + <usize>feature * <usize>rowCount + row;
  for (let i = 0; i < count; i++) {
    const value = load<f32>(from);
    let bin = isWide ? wideBin(cuts, value) : narrowBin(cuts, value);
    bin = value == value ? bin : missing;
    store<u8>(byRow, bin);
    if (keepsColumn) store<u8>(byColumn++, bin);
    byRow += features;
    from += stride;
  }
}

/** Writes the bins of this thread's share of the staged rows. */
export function binShare(): void {
  const count = load<i32>(STAGED_ROWS);
  const begin = load<i32>(STAGE_BEGIN);
  const last = shareStart(count, thread + 1);
  for (let row = shareStart(count, thread); row < last; row += BLOCK) {
    const rows = min(BLOCK, last - row);
    const from = stage + (<usize>row * columns << 2);
    for (let feature = 0; feature < features; feature++) {
      const column = <usize>load<i32>(featureColumns + (<usize>feature << 2));
      binBlock(feature, from + (column << 2), rows, begin + row);
    }
  }
}
