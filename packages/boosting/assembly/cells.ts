import { threads } from './settings';

// Words that all threads share, each on a cache line of its own.
const ARRIVED: usize = 64;
const GENERATION: usize = 128;
export const ORDER_NUMBER: usize = 192;
export const ORDER: usize = 256;
export const ORDER_GROUP: usize = 260;
export const ORDER_SEED: usize = 264;
/** The next subtree that a free thread takes. */
export const NEXT_TASK: usize = 320;
/** Node records in use. */
export const NODE_COUNT: usize = 384;

/** Roughly 10 microseconds, which most waits do not reach; a thread that waits longer leaves its core to others. */
const SPINS: i32 = 4000;

/** Returns when the cell holds another value. */
export function waitWhile(cell: usize, value: i32): void {
  let spins = SPINS;
  while (atomic.load<i32>(cell) == value) {
    if (spins > 0) spins--;
    else atomic.wait<i32>(cell, value, -1);
  }
}

/** Returns when all threads are here. */
export function barrier(): void {
  if (threads == 1) return;
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) < threads - 1) return waitWhile(GENERATION, generation);
  atomic.store<i32>(ARRIVED, 0);
  atomic.add<i32>(GENERATION, 1);
  atomic.notify(GENERATION, -1);
}

/** The thread's share of `count` things: from here to `shareStart(count, thread + 1)`. */
@inline
export function shareStart(count: i32, index: i32): i32 {
  return <i32>((<i64>count * index) / threads);
}
