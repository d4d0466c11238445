import { barrier, shareStart } from './cells';
import { writeRoot } from './node';
import { partialSums } from './settings';
import { pairs, rows } from './tree-context';
import { writeWeight } from './split-node';
import { nodeAt } from './node';

/** Rows whose gradients are summed by one thread: fixed, so that the sum does not depend on the number of threads. */
const CHUNK: i32 = 4096;

function sumChunk(chunk: i32, count: i32): v128 {
  let sum = f64x2.splat(0);
  const last = min(count, (chunk + 1) * CHUNK);
  for (let i = chunk * CHUNK; i < last; i++) {
    const row = <usize>load<u32>(rows + (<usize>i << 2));
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.load64_zero(pairs + (row << 3))));
  }
  return sum;
}

@inline
function chunksOf(count: i32): i32 {
  return (count + CHUNK - 1) / CHUNK;
}

function write(count: i32, key: u32, sum: v128): void {
  writeRoot(0, count, key, f64x2.extract_lane(sum, 0), f64x2.extract_lane(sum, 1));
  writeWeight(nodeAt(0));
}

/** Writes the record of the root of a tree that this thread grows alone. */
export function rootAlone(count: i32, key: u32): void {
  let sum = f64x2.splat(0);
  for (let chunk = 0; chunk < chunksOf(count); chunk++) sum = f64x2.add(sum, sumChunk(chunk, count));
  write(count, key, sum);
}

/** The same, with the sums shared among all threads. It is there after the next barrier. */
export function rootTogether(count: i32, key: u32, thread: i32): void {
  const chunks = chunksOf(count);
  const last = shareStart(chunks, thread + 1);
  for (let chunk = shareStart(chunks, thread); chunk < last; chunk++) {
    v128.store(partialSums + (<usize>chunk << 4), sumChunk(chunk, count));
  }
  barrier();
  if (thread != 0) return;
  let sum = f64x2.splat(0);
  for (let chunk = 0; chunk < chunks; chunk++) sum = f64x2.add(sum, v128.load(partialSums + (<usize>chunk << 4)));
  write(count, key, sum);
}
