import { barrier, NODE_COUNT, ORDER, ORDER_GROUP, ORDER_NUMBER, ORDER_SEED, shareStart, waitWhile } from './cells';
import { growFrom } from './grow-subtree';
import { growTogether } from './grow-together';
import { nodeAt, rowsOf } from './node';
import { computeGradients } from './objectives';
import { draw } from './random';
import { rootAlone, rootTogether } from './root-sums';
import { listRows } from './sample';
import { allRows, gradients, ownHistograms, rowCount, sampling, thread, threads } from './settings';
import { lookAtTree, nodesTaken, pairs, rows, spare, workAlone, workTogether } from './tree-context';
import { addByBins, addByLeaves, addByList } from './update-scores';

// The codes of src/kernel/orders.ts.
const END: i32 = 0;
const GRADIENTS: i32 = 1;
const GROW_TOGETHER: i32 = 2;
const ADD_TOGETHER: i32 = 3;
const GROW_APART: i32 = 4;
const ADD_APART: i32 = 5;

const POISSON: i32 = 2;

/** Rows in the sample of the tree that all grow together. */
const SAMPLE_ROWS: usize = 268;

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
  if (thread == 0) store<i32>(SAMPLE_ROWS, listRows(rows, spare, pairs, 0, seed));
  barrier();
  rootTogether(load<i32>(SAMPLE_ROWS), draw(seed, 1), thread);
  barrier();
  growTogether();
}

/** After the driver has looked at the leaves, and perhaps changed their values. */
function addOne(): void {
  const group = load<i32>(ORDER_GROUP);
  const drawn = rowsOf(nodeAt(0));
  const others = rowCount - drawn;
  addByLeaves(group, load<i32>(NODE_COUNT), shareStart(drawn, thread), shareStart(drawn, thread + 1));
  addByList(group, drawn + shareStart(others, thread), drawn + shareStart(others, thread + 1));
  addValidation(group);
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
  growFrom(0, ownHistograms);
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
      computeGradients(shareStart(rowCount, thread), shareStart(rowCount, thread + 1));
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
  }
  barrier();
}

/** Gives an order to all threads and returns when all have done it. */
export function command(order: i32): void {
  store<i32>(ORDER, order);
  atomic.add<i32>(ORDER_NUMBER, 1);
  atomic.notify(ORDER_NUMBER, -1);
  if (order != END) perform(order);
}

/** What a thread other than the first does until the end. */
export function serve(): void {
  let number = 0;
  while (true) {
    waitWhile(ORDER_NUMBER, number);
    number++;
    const order = load<i32>(ORDER);
    if (order == END) return;
    perform(order);
  }
}
