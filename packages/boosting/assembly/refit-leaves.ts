import { NEXT_TASK, NODE_COUNT } from './cells';
import { BEGIN, LEAF, LEFT, nodeAt, rowsOf, VALUE, WEIGHT } from './node';
import { quantileOfKeys } from './quantile';
import { allRows, learningRate, quantiles, scores, targets } from './settings';
import { keyOf } from './sortable';
import { rows, spare } from './tree-context';

/** What is left to explain in the rows of a leaf, as keys. */
function writeResiduals(list: usize, count: i32, group: i32, keys: usize): void {
  const own = scores + (<usize>group * <usize>allRows << 2);
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = <usize>load<u32>(list + (i << 2)) << 2;
    store<u32>(keys + (i << 2), keyOf(load<f32>(targets + row) - load<f32>(own + row)));
  }
}

function refit(node: usize, group: i32): void {
  const at = <usize>load<i32>(node, BEGIN) << 2;
  const count = rowsOf(node);
  if (count == 0) return;
  writeResiduals(rows + at, count, group, spare + at);
  const value = quantileOfKeys(spare + at, count, rows + at, load<f32>(quantiles + (<usize>group << 2)));
  store<f64>(node, value, WEIGHT);
  store<f32>(node, <f32>(value * learningRate), VALUE);
}

/**
 * Absolute and quantile errors have no curvature to take a leaf's best value from: each leaf takes the quantile of what is
 * left to explain in it, as XGBoost does. Threads take one leaf after the other.
 */
export function refitLeaves(group: i32): void {
  const count = load<i32>(NODE_COUNT);
  for (let index = atomic.add<i32>(NEXT_TASK, 1); index < count; index = atomic.add<i32>(NEXT_TASK, 1)) {
    if (load<i32>(nodeAt(index), LEFT) == LEAF) refit(nodeAt(index), group);
  }
}
