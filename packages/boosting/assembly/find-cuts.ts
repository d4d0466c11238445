import { floatOf, keyOf } from './sortable';

// Which values of a column are told apart. Works before anything is configured, on addresses that it is given.

const RADIX_BITS: u32 = 11;
const BUCKETS: i32 = 1 << RADIX_BITS;
const PASSES: i32 = 3;

/** Bytes of room that sorting needs besides the keys. */
export const COUNTS_BYTES: i32 = PASSES * BUCKETS * 4;

/** Writes the keys of what is no NaN, and how many fall into each bucket of each pass. Returns how many there are. */
function writeKeys(values: usize, count: i32, keys: usize, counts: usize): i32 {
  memory.fill(counts, 0, COUNTS_BYTES);
  let to = keys;
  for (const end = values + (<usize>count << 2); values < end; values += 4) {
    const value = load<f32>(values);
    if (value != value) continue;
    const key = keyOf(value);
    store<u32>(to, key);
    to += 4;
    for (let pass = 0; pass < PASSES; pass++) {
      const bucket = (key >> (<u32>pass * RADIX_BITS)) & (BUCKETS - 1);
      const at = counts + (<usize>(pass * BUCKETS + bucket) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
  }
  return <i32>((to - keys) >> 2);
}

/** Whether all keys fall into one bucket, so that they are in order already. */
function isOneBucket(counts: usize, key: u32, shift: u32, count: i32): bool {
  return load<i32>(counts + (<usize>((key >> shift) & (BUCKETS - 1)) << 2)) == count;
}

/** Sorts keys in linear time. Returns where they are afterwards: one of the two places. */
function sortKeys(keys: usize, spare: usize, count: i32, counts: usize): usize {
  for (let pass: u32 = 0; pass < <u32>PASSES; pass++) {
    const shift = pass * RADIX_BITS;
    const starts = counts + (<usize>(<i32>pass * BUCKETS) << 2);
    if (isOneBucket(starts, load<u32>(keys), shift, count)) continue;
    let sum = 0;
    for (let bucket: usize = 0; bucket < <usize>BUCKETS; bucket++) {
      const at = starts + (bucket << 2);
      const size = load<i32>(at);
      store<i32>(at, sum);
      sum += size;
    }
    for (let i: usize = 0; i < <usize>count; i++) {
      const key = load<u32>(keys + (i << 2));
      const at = starts + (<usize>((key >> shift) & (BUCKETS - 1)) << 2);
      const place = load<i32>(at);
      store<i32>(at, place + 1);
      store<u32>(spare + (<usize>place << 2), key);
    }
    const sorted = spare;
    spare = keys;
    keys = sorted;
  }
  return keys;
}

/** Between two neighbouring values, so that x < cut tells them apart. */
@inline
function between(low: f32, high: f32): f32 {
  const middle = <f32>(<f64>low / 2 + <f64>high / 2);
  return middle > low ? middle : high;
}

@inline
function keyAt(keys: usize, place: i32): u32 {
  return load<u32>(keys + (<usize>place << 2));
}

/** Where the run of equal keys that begins at `from` ends. */
function runEnd(keys: usize, from: i32, count: i32): i32 {
  const key = keyAt(keys, from);
  let end = from + 1;
  while (end < count && keyAt(keys, end) == key) end++;
  return end;
}

function countRuns(keys: usize, count: i32): i32 {
  let runs = 1;
  for (let i = 1; i < count; i++) runs += <i32>(keyAt(keys, i) != keyAt(keys, i - 1));
  return runs;
}

/**
 * Bins of about as many rows each; a value that fills more than one bin has its own, and the others share the rest.
 *
 * @param keys sorted, at least one
 * @returns how many cuts were written, less than `bins`
 */
function divideKeys(keys: usize, count: i32, bins: i32, into: usize): i32 {
  let runsLeft = countRuns(keys, count);
  let rowsLeft = count;
  let binsLeft = bins;
  let begin = 0;
  let cuts = 0;
  let end = runEnd(keys, 0, count);
  while (end < count && binsLeft > 1) {
    const nextEnd = runEnd(keys, end, count);
    const filled = <f64>(end - begin);
    const wanted = <f64>rowsLeft / <f64>binsLeft;
    runsLeft--;
    // Full, or nearer to it than with the next value; or there are as many bins left as values.
    if (filled >= wanted || filled + <f64>(nextEnd - end) / 2 > wanted || runsLeft < binsLeft) {
      store<f32>(into + (<usize>cuts << 2), between(floatOf(keyAt(keys, end - 1)), floatOf(keyAt(keys, end))));
      cuts++;
      rowsLeft -= end - begin;
      binsLeft--;
      begin = end;
    }
    end = nextEnd;
  }
  return cuts;
}

/**
 * Finds the cuts of a column: between all neighbouring values when they are few, else at quantiles.
 *
 * @param values f32, NaN where there is none
 * @param keys, spare u32, room for `count` each
 * @param counts room for `COUNTS_BYTES`
 * @param bins of values at most
 * @param into f32: the cuts, rising
 * @returns how many they are; -1 when there is no value at all
 */
export function findCuts(
  values: usize, count: i32, keys: usize, spare: usize, counts: usize, bins: i32, into: usize,
): i32 {
  const found = writeKeys(values, count, keys, counts);
  if (found == 0) return -1;
  return divideKeys(sortKeys(keys, spare, found, counts), found, bins, into);
}
