import { BEGIN, BIN, END, FEATURE, LEAF, LEFT, LEFT_MISSING, nodeAt, VALUE } from './node';
import { allRows, binsByRow, features, scores } from './settings';
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

/** The same for rows `first` to `last` - 1 of the tree's list that are not in its sample. */
export function addByList(group: i32, first: i32, last: i32): void {
  for (let i = first; i < last; i++) {
    const row = <usize>load<u32>(rows + (<usize>i << 2));
    addTo(scoreOf(row, group), valueOf(row));
  }
}

/** The same for those of its sample, which already lie leaf by leaf. */
export function addByLeaves(group: i32, nodeCount: i32, first: i32, last: i32): void {
  for (let index = 0; index < nodeCount; index++) {
    const node = nodeAt(index);
    if (load<i32>(node, LEFT) != LEAF) continue;
    const value = load<f32>(node, VALUE);
    const end = min(last, load<i32>(node, END));
    for (let i = max(first, load<i32>(node, BEGIN)); i < end; i++) {
      addTo(scoreOf(<usize>load<u32>(rows + (<usize>i << 2)), group), value);
    }
  }
}
