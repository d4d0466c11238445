import { searchRows, searchWithHistogram } from './find-split';
import { giveAway } from './gifts';
import { fillHistogram, subtractHistogram } from './histogram';
import { BEGIN, LEFT_MISSING, nodeAt, rowsOf } from './node';
import { divideRows } from './partition';
import { features, histogramBytes, searchableRows } from './settings';
import { foundBin, foundFeature } from './split-search';
import { canSplit, writeDirection, writeSplit } from './split-node';
import { pairs, rows, spare, takeNodes } from './tree-context';

@inline
export function needsHistogram(node: usize): bool {
  return canSplit(node) && rowsOf(node) > searchableRows;
}

@inline
export function fillOf(node: usize, histogram: usize, first: i32, last: i32): void {
  fillHistogram(rows + (<usize>load<i32>(node, BEGIN) << 2), rowsOf(node), pairs, histogram, first, last);
}

/** Divides the rows of a node by the split that was found; returns how many go left. */
function divide(node: usize): i32 {
  const offset = <usize>load<i32>(node, BEGIN) << 2;
  const list = rows + offset;
  const count = rowsOf(node);
  const left = divideRows(list, count, foundFeature, foundBin, load<i32>(node, LEFT_MISSING), list, spare + offset);
  memory.copy(list + (<usize>left << 2), spare + offset, <usize>(count - left) << 2);
  return left;
}

/**
 * Grows all that lies below a node, one branch after the other.
 *
 * Going down the smaller child first, with the larger one's histogram in the place of its parent's, keeps at most one
 * histogram for each halving of the rows, however deep the tree. A thread without work gets the larger child.
 *
 * @param histogram of the node, which becomes something else; 0 when it has few rows
 * @param free address of unused histograms
 */
export function growSubtree(index: i32, histogram: usize, free: usize): void {
  const node = nodeAt(index);
  if (!canSplit(node)) return;
  if (histogram != 0) searchWithHistogram(node, histogram);
  else searchRows(node, rows, pairs);
  if (foundFeature < 0) return;
  writeDirection(node);
  const left = divide(node);
  // Rounding can find a gain where there is nothing to divide.
  if (left == 0 || left == rowsOf(node)) return;
  const children = takeNodes();
  writeSplit(node, children, left);

  const leftIsSmall = 2 * left <= rowsOf(node);
  const small = leftIsSmall ? children : children + 1;
  const large = leftIsSmall ? children + 1 : children;
  if (histogram == 0 || !needsHistogram(nodeAt(large))) {
    growSubtree(small, 0, free);
    growSubtree(large, 0, free);
    return;
  }
  fillOf(nodeAt(small), free, 0, features);
  subtractHistogram(histogram, free, 0, features);
  const isGiven = giveAway(nodeAt(large), large, histogram);
  growSubtree(small, needsHistogram(nodeAt(small)) ? free : 0, free + histogramBytes);
  if (!isGiven) growSubtree(large, histogram, free);
}

/** The same for a node whose histogram is still to be filled. */
export function growFrom(index: i32, own: usize): void {
  const node = nodeAt(index);
  if (!needsHistogram(node)) return growSubtree(index, 0, own);
  fillOf(node, own, 0, features);
  growSubtree(index, own, own + histogramBytes);
}
