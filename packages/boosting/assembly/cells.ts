import { threads } from './settings';

// Words that all threads share, each on a cache line of its own.
const ARRIVED: usize = 64;
const GENERATION: usize = 128;
/** The last order: a running number, how many threads take part and what to do, in one word, so that none is torn. */
export const ORDER: usize = 192;
/** Threads that have come to serve, besides the one that gives the orders. */
export const JOINED: usize = 256;
export const ORDER_GROUP: usize = 260;
export const ORDER_SEED: usize = 264;
/** The next subtree, or leaf, that a free thread takes. */
export const NEXT_TASK: usize = 320;
/** Node records in use. */
export const NODE_COUNT: usize = 384;
/** Threads without work. */
export const IDLE: usize = 448;
/** i32: rows on the stage, the number of the first of them, and whether they are learned from. */
export const STAGED_ROWS: usize = 512;
export const STAGE_BEGIN: usize = 516;
export const STAGE_TRAINS: usize = 520;
/** i32: bytes of the settings, for threads that wait for them; 0 as long as there are none. */
export const SETTINGS_BYTES: usize = 576;
/** A line a thread: the node that another thread has given to it. */
export const GIFTS: usize = 4096;

/**
 * Roughly 100 microseconds: longer than most waits, and than waking a thread takes. A thread that waits longer leaves
 * its core to others.
 */
const SPINS: i32 = 40000;

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
