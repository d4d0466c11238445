import { binShare } from './bin-rows';
import { barrier, JOINED, NEXT_TASK, NODE_COUNT, ORDER, ORDER_GROUP, ORDER_SEED, shareStart, waitWhile } from './cells';
import { ownHistogramsOf } from './gifts';
import { growFrom } from './grow-subtree';
import { growTogether } from './grow-together';
import { computeGradients } from './objectives';
import { draw } from './random';
import { refitLeaves } from './refit-leaves';
import { rootAlone, rootTogether } from './root-sums';
import { listRows, listTogether } from './sample';
import { allRows, gradients, rowCount, sampling, setThreads, takeSeat, thread, threads } from './settings';
import { lookAtTree, nodesTaken, pairs, rows, spare, workAlone, workTogether } from './tree-context';
import { addByBins, addByLeaves, addByList } from './update-scores';

// The codes of src/kernel/orders.ts.
const END: i32 = 0;
const GRADIENTS: i32 = 1;
const GROW_TOGETHER: i32 = 2;
const ADD_TOGETHER: i32 = 3;
const GROW_APART: i32 = 4;
const ADD_APART: i32 = 5;
const ADD_THEN_GRADIENTS: i32 = 6;
const BIN: i32 = 7;
const REFIT: i32 = 8;

const POISSON: i32 = 2;

/** i32 a thread: node records of the tree that it grew alone; from -1, none, up. */
export const GROWN: usize = 1024;
/** i32 a thread: the group of its tree, or -1 for no tree. */
export const TREE_GROUPS: usize = 2048;
/** u32 a thread: what its tree's random draws depend on. */
export const TREE_SEEDS: usize = 3072;

@inline
function mine(base: usize): usize {
  return base + (<usize>thread << 2);
}

function growOne(): void {
  const group = load<i32>(ORDER_GROUP);
  const seed = load<u32>(ORDER_SEED);
  workTogether(group);
  const drawn = listTogether(rows, spare, seed);
  barrier();
  rootTogether(drawn, draw(seed, 1), thread);
  barrier();
  growTogether();
}

/** After the driver has looked at the leaves, and perhaps changed their values. */
function addOne(): void {
  const group = load<i32>(ORDER_GROUP);
  const first = shareStart(rowCount, thread);
  const last = shareStart(rowCount, thread + 1);
  addByLeaves(group, load<i32>(NODE_COUNT), first, last);
  addByList(group, first, last);
  addValidation(group);
}

function computeShare(): void {
  computeGradients(shareStart(rowCount, thread), shareStart(rowCount, thread + 1));
}

function addValidation(group: i32): void {
  const extra = allRows - rowCount;
  addByBins(group, rowCount + shareStart(extra, thread), rowCount + shareStart(extra, thread + 1));
}

function growOwn(): void {
  const group = load<i32>(mine(TREE_GROUPS));
  store<i32>(mine(GROWN), -1);
  if (group < 0) return;
  const seed = load<u32>(mine(TREE_SEEDS));
  workAlone(group, sampling == POISSON);
  const all = gradients + (<usize>group * <usize>rowCount << 3);
  const drawn = listRows(rows, spare, all, sampling == POISSON ? pairs : 0, seed);
  rootAlone(drawn, draw(seed, 1));
  growFrom(0, ownHistogramsOf(thread));
  store<i32>(mine(GROWN), nodesTaken());
}

/** Adds the trees that were grown apart, in their order, each thread to its share of the rows. */
function addAll(): void {
  const first = shareStart(allRows, thread);
  const last = shareStart(allRows, thread + 1);
  for (let peer = 0; peer < threads; peer++) {
    const group = load<i32>(TREE_GROUPS + (<usize>peer << 2));
    if (group < 0) continue;
    lookAtTree(peer);
    addByBins(group, first, last);
  }
}

/** This thread's part of an order. */
export function perform(order: i32): void {
  switch (order) {
    case GRADIENTS:
      computeShare();
      break;
    case GROW_TOGETHER:
      growOne();
      break;
    case ADD_TOGETHER:
      addOne();
      break;
    case GROW_APART:
      growOwn();
      break;
    case ADD_APART:
      addAll();
      break;
    case ADD_THEN_GRADIENTS:
      addOne();
      // Of the very rows whose scores this thread has just changed: nobody has to be waited for.
      computeShare();
      break;
    case BIN:
      binShare();
      break;
    case REFIT:
      refitLeaves(load<i32>(ORDER_GROUP));
      break;
  }
  barrier();
}

/** Threads that take part from the next order on, this one included: all that have come by now. */
export function muster(): i32 {
  setThreads(1 + atomic.load<i32>(JOINED));
  return threads;
}

/** Gives an order to those threads and returns when all have done it. */
export function command(order: i32): void {
  atomic.store<i32>(NEXT_TASK, 0);
  const number = (atomic.load<i32>(ORDER) >> 16) + 1;
  atomic.store<i32>(ORDER, (number << 16) | (threads << 8) | order);
  atomic.notify(ORDER, -1);
  if (order != END) perform(order);
}

/** What a thread other than the first does until the end. It may come at any time, and takes part from then on. */
export function serve(): void {
  // Before it is counted: the order under way is none of its business.
  let word = atomic.load<i32>(ORDER);
  takeSeat(1 + atomic.add<i32>(JOINED, 1));
  atomic.notify(JOINED, -1);
  while (true) {
    waitWhile(ORDER, word);
    word = atomic.load<i32>(ORDER);
    const order = word & 0xff;
    if (order == END) return;
    setThreads((word >> 8) & 0xff);
    if (thread < threads) perform(order);
  }
}
