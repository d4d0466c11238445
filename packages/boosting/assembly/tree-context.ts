import { NODE_COUNT } from './cells';
import { NODE_BYTES, useNodes } from './node';
import { padded } from './scratch';
import {
  features, gradients, nodeCapacity, nodes, rightLists, rowCount, rowLists, sampleGradients, thread, treeFeatures,
} from './settings';

// What this thread works on at present.

/** u32: rows of the tree, of which each node has a part. */
export let rows: usize = 0;
/** u32: as long, for what a division puts aside. */
export let spare: usize = 0;
/** f32 pairs by row. */
export let pairs: usize = 0;
/** u8 a feature: whether the tree may use it. */
export let mask: usize = 0;

/** Whether other threads grow the same tree. */
export let together: bool = false;
let nodeCount: i32 = 0;

/** One tree, by all threads. */
export function workTogether(group: i32): void {
  together = true;
  useNodes(nodes);
  rows = rowLists;
  spare = rightLists;
  pairs = gradients + (<usize>group * <usize>rowCount << 3);
  mask = treeFeatures;
}

/** A tree of this thread's own, one of as many as there are threads. */
export function workAlone(group: i32, sampled: bool): void {
  together = false;
  nodeCount = 1;
  const set = <usize>thread;
  lookAtTree(thread);
  rows = rowLists + (set * <usize>rowCount << 2);
  spare = rightLists + (set * <usize>rowCount << 2);
  pairs = sampled
    ? sampleGradients + (set * <usize>rowCount << 3)
    : gradients + (<usize>group * <usize>rowCount << 3);
  mask = treeFeatures + set * padded(<usize>features);
}

/** Turns to the tree that a thread has grown alone. */
export function lookAtTree(peer: i32): void {
  useNodes(nodes + <usize>peer * <usize>nodeCapacity * NODE_BYTES);
}

/** Index of the first of two free node records. */
@inline
export function takeNodes(): i32 {
  if (together) return atomic.add<i32>(NODE_COUNT, 2);
  nodeCount += 2;
  return nodeCount - 2;
}

export function nodesTaken(): i32 {
  return nodeCount;
}
