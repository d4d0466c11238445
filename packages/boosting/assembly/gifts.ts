import { GIFTS, IDLE, waitWhile } from './cells';
import { rowsOf } from './node';
import { canSplit } from './split-node';
import { histogramBytes, ownHistogramBytes, ownHistograms, thread, threads } from './settings';
import { together } from './tree-context';

// What a thread's line says, besides the index of the node that it was given.
const WAITING: i32 = -1;
const PROMISED: i32 = -2;
const NO_MORE: i32 = -3;

/** A node of fewer rows is done before the thread that gets it is awake. */
const FEWEST_ROWS: i32 = 1024;

@inline
function giftOf(peer: i32): usize {
  return GIFTS + (<usize>peer << 6);
}

@inline
export function ownHistogramsOf(peer: i32): usize {
  return ownHistograms + <usize>peer * ownHistogramBytes;
}

/** Gives a node and a copy of its histogram to a thread without work. Returns whether there was one. */
export function giveAway(node: usize, index: i32, histogram: usize): bool {
  if (!together || threads == 1 || atomic.load<i32>(IDLE) <= 0) return false;
  if (rowsOf(node) < FEWEST_ROWS || !canSplit(node)) return false;
  for (let peer = 0; peer < threads; peer++) {
    const gift = giftOf(peer);
    if (atomic.cmpxchg<i32>(gift, WAITING, PROMISED) != WAITING) continue;
    atomic.sub<i32>(IDLE, 1);
    memory.copy(ownHistogramsOf(peer), histogram, histogramBytes);
    atomic.store<i32>(gift, index);
    atomic.notify(gift, 1);
    return true;
  }
  return false;
}

/** Waits for a node, whose histogram is then in the first of this thread's own; negative when no thread has work. */
export function awaitGift(): i32 {
  const gift = giftOf(thread);
  atomic.store<i32>(gift, WAITING);
  if (atomic.add<i32>(IDLE, 1) == threads - 1) {
    for (let peer = 0; peer < threads; peer++) {
      atomic.store<i32>(giftOf(peer), NO_MORE);
      atomic.notify(giftOf(peer), 1);
    }
    return NO_MORE;
  }
  waitWhile(gift, WAITING);
  waitWhile(gift, PROMISED);
  return atomic.load<i32>(gift);
}
