import { barrier, IDLE, NEXT_TASK, NODE_COUNT, shareStart } from './cells';
import { maskOf } from './find-split';
import { awaitGift, ownHistogramsOf } from './gifts';
import { fillOf, growFrom, growSubtree, needsHistogram } from './grow-subtree';
import { subtractHistogram } from './histogram';
import { BEGIN, HISTOGRAM, LEFT, LEFT_MISSING, nodeAt, rowsOf } from './node';
import { divideRows } from './partition';
import { placeShares } from './place-shares';
import {
  features, histogramBytes, histograms, leftLists, rightLists, sharedHistograms, splitRecords, thread, threads,
} from './settings';
import {
  beginSearch, foundBin, foundFeature, foundLeft, foundMissing, foundScore, searchHistogram, takeBetter,
} from './split-search';
import { canSplit, writeDirection, writeSplit } from './split-node';
import { rows } from './tree-context';

/** Bytes of what one thread tells the others about a node. */
const RECORD_BYTES: usize = 64;

/** In the place of a histogram's address: the node was searched by all threads, and is no task. */
const SETTLED: u32 = 1;

/** A node of fewer rows is never worth waiting for each other. */
const FEWEST_ROWS: i32 = 4096;

/** This thread's share of the features, all of whose cells it fills, subtracts and searches. */
let firstFeature: i32 = 0;
let lastFeature: i32 = 0;
/** Nodes of more rows are grown by all threads together, the others become tasks: about as many as threads. */
let manyRows: i32 = 0;
/** Shared histograms in use; each thread counts the same. */
let taken: i32 = 0;
/** Nodes that all threads have searched together so far. */
let step: i32 = 0;

/** Two sets in turn: a thread may be one node ahead of another that still reads. */
@inline
function recordAt(peer: i32): usize {
  return splitRecords + <usize>((step & 1) * threads + peer) * RECORD_BYTES;
}

/** Each searches its features; then all know the best split. */
function searchTogether(node: usize, histogram: usize): void {
  step++;
  beginSearch(node);
  const mask = maskOf(node);
  searchHistogram(histogram, mask, firstFeature, lastFeature);
  const record = recordAt(thread);
  store<i32>(record, foundFeature);
  store<i32>(record, foundBin, 4);
  store<i32>(record, foundMissing, 8);
  store<f64>(record, foundScore, 16);
  v128.store(record, foundLeft, 32);
  barrier();
  beginSearch(node);
  for (let peer = 0; peer < threads; peer++) {
    const other = recordAt(peer);
    takeBetter(
      load<i32>(other), load<i32>(other, 4), load<i32>(other, 8), load<f64>(other, 16), v128.load(other, 32),
    );
  }
}

/** Each divides its share of the rows, then copies it to where it belongs. Returns how many go left in all. */
function divideTogether(node: usize, leftMissing: i32): i32 {
  const begin = load<i32>(node, BEGIN);
  const count = rowsOf(node);
  const from = begin + shareStart(count, thread);
  const share = begin + shareStart(count, thread + 1) - from;
  const at = <usize>from << 2;
  const left = divideRows(
    rows + at, share, foundFeature, foundBin, leftMissing, leftLists + at, rightLists + at,
  );
  return placeShares(begin, count, left);
}

/** Not without a histogram to spare: who fills one later, and from what, would change the last bits of its sums. */
@inline
function isShared(node: usize): bool {
  return rowsOf(node) > manyRows && needsHistogram(node) && taken < sharedHistograms;
}

function takeHistogram(): usize {
  taken++;
  return histograms + <usize>(taken - 1) * histogramBytes;
}

/** Fills the histograms of both children of a node; each thread does its features. */
function fillChildren(node: usize, histogram: usize): void {
  const left = nodeAt(load<i32>(node, LEFT));
  const right = nodeAt(load<i32>(node, LEFT) + 1);
  const leftIsSmall = 2 * rowsOf(left) <= rowsOf(node);
  const small = leftIsSmall ? left : right;
  const large = leftIsSmall ? right : left;
  if (!needsHistogram(large)) return;
  const other = takeHistogram();
  fillOf(small, other, firstFeature, lastFeature);
  subtractHistogram(histogram, other, firstFeature, lastFeature);
  // All write the same.
  store<u32>(large, <u32>histogram, HISTOGRAM);
  if (needsHistogram(small)) store<u32>(small, <u32>other, HISTOGRAM);
}

/** Splits a node of many rows. Returns whether it has children now. */
function splitTogether(index: i32, children: i32): bool {
  const node = nodeAt(index);
  const histogram = <usize>load<u32>(node, HISTOGRAM);
  searchTogether(node, histogram);
  if (foundFeature < 0) return false;
  writeDirection(node);
  const left = divideTogether(node, load<i32>(node, LEFT_MISSING));
  if (left == 0 || left == rowsOf(node)) return false;
  if (thread == 0) writeSplit(node, children, left);
  barrier();
  fillChildren(node, histogram);
  return true;
}

/** The task after this one: the largest first, so that no thread is left with a large one at the end. */
function nextTask(count: i32, after: i32): i32 {
  let best = -1;
  for (let index = 0; index < count; index++) {
    const node = nodeAt(index);
    if (load<u32>(node, HISTOGRAM) == SETTLED || !canSplit(node)) continue;
    if (after >= 0 && !comesBefore(after, index)) continue;
    if (best < 0 || comesBefore(index, best)) best = index;
  }
  return best;
}

@inline
function comesBefore(index: i32, other: i32): bool {
  const size = rowsOf(nodeAt(index));
  const otherSize = rowsOf(nodeAt(other));
  return size > otherSize || (size == otherSize && index < other);
}

/**
 * Grows the tree whose root is written: first nodes of many rows, by all threads at once, then what is left as tasks
 * that free threads take, or get from those that have too much. The result does not depend on who takes which, but the
 * order of the records does.
 */
export function growTogether(): void {
  if (threads == 1) {
    atomic.store<i32>(NODE_COUNT, 1);
    return growFrom(0, ownHistogramsOf(thread));
  }
  firstFeature = shareStart(features, thread);
  lastFeature = shareStart(features, thread + 1);
  const root = nodeAt(0);
  manyRows = max(FEWEST_ROWS, rowsOf(root) / threads);
  taken = 0;
  step = 0;
  if (isShared(root)) {
    const histogram = takeHistogram();
    fillOf(root, histogram, firstFeature, lastFeature);
    store<u32>(root, <u32>histogram, HISTOGRAM);
  }
  let count = 1;
  for (let index = 0; index < count; index++) {
    if (!isShared(nodeAt(index))) continue;
    if (splitTogether(index, count)) count += 2;
    store<u32>(nodeAt(index), SETTLED, HISTOGRAM);
  }
  if (thread == 0) {
    atomic.store<i32>(NEXT_TASK, 0);
    atomic.store<i32>(NODE_COUNT, count);
    atomic.store<i32>(IDLE, 0);
  }
  barrier();
  runTasks(count);
  for (let given = awaitGift(); given >= 0; given = awaitGift()) {
    const own = ownHistogramsOf(thread);
    growSubtree(given, own, own + histogramBytes);
  }
  barrier();
}

function runTasks(count: i32): void {
  let turn = -1;
  let task = -1;
  const own = ownHistogramsOf(thread);
  while (true) {
    const mine = atomic.add<i32>(NEXT_TASK, 1);
    for (; turn < mine; turn++) {
      task = nextTask(count, task);
      if (task < 0) return;
    }
    const histogram = <usize>load<u32>(nodeAt(task), HISTOGRAM);
    if (histogram == 0) growFrom(task, own);
    else growSubtree(task, histogram, own);
  }
}
