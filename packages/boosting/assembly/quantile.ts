import { rightLists, rowCount, targets, weights } from './settings';
import { cellsAt } from './scratch';
import { floatOf, keyOf } from './sortable';

const BUCKETS: usize = 256;

/** Weight of the i-th key: of its row, or one. */
@inline
function weightOf(rows: usize, i: usize): f64 {
  if (weights == 0) return 1;
  const row = rows == 0 ? i : <usize>load<u32>(rows + (i << 2));
  return <f64>load<f32>(weights + (row << 2));
}

/** Sums weights by one byte of those keys that begin with `prefix`. */
function sumByByte(keys: usize, count: i32, rows: usize, prefix: u32, mask: u32, shift: u32): void {
  const sums = cellsAt();
  memory.fill(sums, 0, BUCKETS << 3);
  for (let i: usize = 0; i < <usize>count; i++) {
    const key = load<u32>(keys + (i << 2));
    if ((key & mask) != prefix) continue;
    const at = sums + (<usize>((key >> shift) & 255) << 3);
    store<f64>(at, load<f64>(at) + weightOf(rows, i));
  }
}

/** The least key up to which the keys weigh `needed`, byte by byte: linear in their number. */
function selectKey(keys: usize, count: i32, rows: usize, needed: f64): u32 {
  let prefix: u32 = 0;
  let mask: u32 = 0;
  for (let shift: i32 = 24; shift >= 0; shift -= 8) {
    sumByByte(keys, count, rows, prefix, mask, shift);
    let found: u32 = 0;
    let before: f64 = 0;
    let sum: f64 = 0;
    for (let byte: u32 = 0; byte < <u32>BUCKETS && sum < needed; byte++) {
      const weight = load<f64>(cellsAt() + (<usize>byte << 3));
      // Rounding may leave a little to be found behind the last one.
      if (weight == 0) continue;
      found = byte;
      before = sum;
      sum += weight;
    }
    needed -= before;
    prefix |= found << shift;
    mask |= <u32>255 << shift;
  }
  // As searches of splits expect them.
  memory.fill(cellsAt(), 0, BUCKETS << 3);
  return prefix;
}

/** The key after `key` in order, given that `wanted` keys come no later; the same one if it occurs that often. */
function nextKey(keys: usize, count: i32, key: u32, wanted: i32): u32 {
  let notAbove = 0;
  let above: u32 = u32.MAX_VALUE;
  for (let i: usize = 0; i < <usize>count; i++) {
    const other = load<u32>(keys + (i << 2));
    if (other <= key) notAbove++;
    else above = min(above, other);
  }
  return notAbove >= wanted ? key : above;
}

/** Between the order statistics next to (n + 1) · share: Hyndman & Fan (1996), definition 6. */
function interpolated(keys: usize, count: i32, share: f64): f64 {
  const place = min<f64>(count, max<f64>(1, share * <f64>(count + 1)));
  const below = <i32>Math.floor(place);
  const low = selectKey(keys, count, 0, below);
  if (below == count) return floatOf(low);
  const high = nextKey(keys, count, low, below + 1);
  return <f64>floatOf(low) + (place - <f64>below) * (<f64>floatOf(high) - <f64>floatOf(low));
}

/**
 * The value below which that share of the keys lies, or of their weight, as XGBoost computes both. By weight it is one of
 * the values; without weights it may lie between two.
 *
 * @param count at least one
 * @param rows u32 a key: its row; 0 when they are of all rows, in their order
 */
export function quantileOfKeys(keys: usize, count: i32, rows: usize, share: f64): f64 {
  if (weights == 0) return interpolated(keys, count, share);
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) total += weightOf(rows, i);
  // As float32: a share such as 0.8, which is none, must not pass by the row at which its weight is reached.
  return total > 0 ? floatOf(selectKey(keys, count, rows, <f32>(share * total))) : 0;
}

/** That of the targets. */
export function targetQuantile(share: f64): f64 {
  for (let row: usize = 0; row < <usize>rowCount; row++) {
    store<u32>(rightLists + (row << 2), keyOf(load<f32>(targets + (row << 2))));
  }
  return quantileOfKeys(rightLists, rowCount, 0, share);
}
