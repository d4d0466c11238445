import { BLOCK_ROWS, gradientsAt, padded } from './scratch';
import { binsByRow, features, valueBins, wideFeatures } from './settings';

/** The bin of missing values: a feature's last cell. */
@inline
export function missingBin(feature: i32): i32 {
  return feature < wideFeatures ? 255 : 15;
}

/** No bin has this number. */
export const NO_BIN: i32 = 256;

/** The bin that stands for missing in a column; none does when values take all of them. */
@inline
export function missingBinOf(feature: i32): i32 {
  const last = missingBin(feature);
  return load<i32>(valueBins + (<usize>feature << 2)) > last ? NO_BIN : last;
}

/** Where the cells of a feature begin in a histogram; one cell is a pair of f64: gradient, hessian. */
@inline
export function cellsOffset(feature: i32): usize {
  return feature <= wideFeatures
    ? <usize>feature << 12
    : (<usize>wideFeatures << 12) + (<usize>(feature - wideFeatures) << 8);
}

/** Adds a gradient pair to the cell at the address. */
@inline
function add(cell: usize, pair: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), pair));
}

/** Copies the bins and gradients of a block of rows side by side, so that the waits for memory overlap. */
@inline
function fetchBlock(rows: usize, count: i32, gradients: usize, first: i32, stride: usize): void {
  let pair = gradientsAt();
  let to = pair + (<usize>BLOCK_ROWS << 4);
  for (const end = rows + (<usize>count << 2); rows < end; rows += 4) {
    const row = <usize>load<u32>(rows);
    v128.store(pair, f64x2.promote_low_f32x4(v128.load64_zero(gradients + (row << 3))));
    pair += 16;
    const from = binsByRow + row * features + first;
    for (let k: usize = 0; k < stride; k += 16) v128.store(to + k, v128.load(from + k));
    to += stride;
  }
}

/**
 * Sums gradients and hessians by bin.
 *
 * Each cell adds its rows in the order of the list, whoever fills it: that makes sums the same at any number of threads.
 *
 * @param rows address of a list of u32
 * @param first features `first` to `last` - 1 are filled, the rest of the histogram is left as it is
 */
export function fillHistogram(rows: usize, count: i32, gradients: usize, into: usize, first: i32, last: i32): void {
  const cells = into + cellsOffset(first);
  memory.fill(cells, 0, cellsOffset(last) - cellsOffset(first));
  const width = last - first;
  const wide = <usize>max(0, min(wideFeatures, last) - first);
  const stride = padded(<usize>width);
  for (let done = 0; done < count; done += BLOCK_ROWS) {
    const block = min(BLOCK_ROWS, count - done);
    fetchBlock(rows + (<usize>done << 2), block, gradients, first, stride);
    let pairs = gradientsAt();
    let bins = pairs + (<usize>BLOCK_ROWS << 4);
    for (let i = 0; i < block; i++) {
      const pair = v128.load(pairs);
      let cell = cells;
      let bin = bins;
      const wideEnd = bin + wide;
      const end = bin + width;
      for (; bin + 4 <= wideEnd; bin += 4) {
        const four = load<u32>(bin);
        let at: usize;
        add(cell + <usize>((four & 255) << 4), pair);
        at = cell + <usize>((four >> 4) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 4096), pair), 4096);
        at = cell + <usize>((four >> 12) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 8192), pair), 8192);
        at = cell + <usize>((four >> 20) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 12288), pair), 12288);
        cell += 16384;
      }
      for (; bin < wideEnd; bin++) {
        add(cell + (<usize>load<u8>(bin) << 4), pair);
        cell += 4096;
      }
      for (; bin + 4 <= end; bin += 4) {
        const four = load<u32>(bin);
        let at: usize;
        add(cell + <usize>((four & 255) << 4), pair);
        at = cell + <usize>((four >> 4) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 256), pair), 256);
        at = cell + <usize>((four >> 12) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 512), pair), 512);
        at = cell + <usize>((four >> 20) & 0xff0);
        v128.store(at, f64x2.add(v128.load(at, 768), pair), 768);
        cell += 1024;
      }
      for (; bin < end; bin++) {
        add(cell + (<usize>load<u8>(bin) << 4), pair);
        cell += 256;
      }
      pairs += 16;
      bins += stride;
    }
  }
}

/** Turns the histogram of a parent into that of one child, given the other's: half of all filling is saved. */
export function subtractHistogram(parent: usize, child: usize, first: i32, last: i32): void {
  const end = cellsOffset(last);
  for (let at = cellsOffset(first); at < end; at += 16) {
    v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(child + at)));
  }
}
