import { BEGIN, BIN, END, FEATURE, LEAF, LEFT, LEFT_MISSING, nodeAt, VALUE } from './node';
import { allRows, binsByRow, features, rowCount, scores } from './settings';
import { rows } from './tree-context';

@inline
function scoreOf(row: usize, group: i32): usize {
  return scores + ((<usize>group * <usize>allRows + row) << 2);
}

@inline
function addTo(at: usize, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}

/** What the tree gives to a row, found by its bins. */
@inline
function valueOf(row: usize): f32 {
  const bins = binsByRow + row * features;
  let node = nodeAt(0);
  for (let left = load<i32>(node, LEFT); left != LEAF; left = load<i32>(node, LEFT)) {
    const bin = <i32>load<u8>(bins + <usize>load<i32>(node, FEATURE));
    const goesLeft = bin <= load<i32>(node, BIN) || bin == load<i32>(node, LEFT_MISSING);
    node = nodeAt(goesLeft ? left : left + 1);
  }
  return load<f32>(node, VALUE);
}

/** Adds a tree to the scores of rows `first` to `last` - 1. */
export function addByBins(group: i32, first: i32, last: i32): void {
  for (let row = first; row < last; row++) addTo(scoreOf(row, group), valueOf(row));
}

/** The first place of a rising part of the tree's list whose row is `row` or a later one. */
function placeOf(row: i32, begin: i32, end: i32): i32 {
  while (begin < end) {
    const middle = (begin + end) >> 1;
    if (load<i32>(rows + (<usize>middle << 2)) < row) begin = middle + 1;
    else end = middle;
  }
  return begin;
}

/** The same for those that are not in its sample, which lie behind it in its list. */
export function addByList(group: i32, first: i32, last: i32): void {
  const drawn = load<i32>(nodeAt(0), END);
  const end = placeOf(last, drawn, rowCount);
  for (let i = placeOf(first, drawn, rowCount); i < end; i++) {
    const row = <usize>load<u32>(rows + (<usize>i << 2));
    addTo(scoreOf(row, group), valueOf(row));
  }
}

/**
 * The same for those of its sample, which already lie leaf by leaf. By rows and not by places in the list: threads that
 * write into the same cache lines wait for each other.
 */
export function addByLeaves(group: i32, nodeCount: i32, first: i32, last: i32): void {
  for (let index = 0; index < nodeCount; index++) {
    const node = nodeAt(index);
    if (load<i32>(node, LEFT) != LEAF) continue;
    const value = load<f32>(node, VALUE);
    const begin = load<i32>(node, BEGIN);
    const end = placeOf(last, begin, load<i32>(node, END));
    for (let i = placeOf(first, begin, end); i < end; i++) {
      addTo(scoreOf(<usize>load<u32>(rows + (<usize>i << 2)), group), value);
    }
  }
}
