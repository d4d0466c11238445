import { weightOf } from './gain';
import { missingBinOf, NO_BIN } from './histogram';
import {
  BEGIN, BIN, DEFAULT_LEFT, DEPTH, END, FEATURE, GAIN, GRADIENT, HESSIAN, HISTOGRAM, KEY, LEAF, LEFT, LEFT_MISSING,
  LOWER, nodeAt, rowsOf, UPPER, VALUE, WEIGHT,
} from './node';
import { draw } from './random';
import { constrained, directions, learningRate, maxDepth, minChildWeight } from './settings';
import { foundBin, foundFeature, foundGain, foundLeft, foundMissing, MISSING_LEFT, MISSING_NOWHERE } from './split-search';

/** Whether a node may have children at all. */
@inline
export function canSplit(node: usize): bool {
  return load<i32>(node, DEPTH) < maxDepth && rowsOf(node) > 1 && load<f64>(node, HESSIAN) >= 2 * minChildWeight;
}

function defaultLeftOf(node: usize): i32 {
  if (foundMissing != MISSING_NOWHERE) return <i32>(foundMissing == MISSING_LEFT);
  // Nothing says where a missing value belongs: it goes with most of the rows.
  return <i32>(2 * f64x2.extract_lane(foundLeft, 1) >= load<f64>(node, HESSIAN));
}

/** Completes the split that was found: which bin of missing values goes left. To be called before rows are divided. */
export function writeDirection(node: usize): void {
  const defaultLeft = defaultLeftOf(node);
  store<i32>(node, defaultLeft, DEFAULT_LEFT);
  store<i32>(node, defaultLeft != 0 ? missingBinOf(foundFeature) : NO_BIN, LEFT_MISSING);
}

export function writeWeight(node: usize): void {
  const weight = weightOf(
    load<f64>(node, GRADIENT), load<f64>(node, HESSIAN), load<f64>(node, LOWER), load<f64>(node, UPPER),
  );
  store<f64>(node, weight, WEIGHT);
  store<f32>(node, <f32>(weight * learningRate), VALUE);
}

function writeChild(parent: usize, index: i32, side: u32, begin: i32, end: i32, gradient: f64, hessian: f64): void {
  const node = nodeAt(index);
  store<i32>(node, begin, BEGIN);
  store<i32>(node, end, END);
  store<i32>(node, LEAF, LEFT);
  store<i32>(node, load<i32>(parent, DEPTH) + 1, DEPTH);
  store<u32>(node, draw(load<u32>(parent, KEY), 0x10000 + side), KEY);
  store<f64>(node, gradient, GRADIENT);
  store<f64>(node, hessian, HESSIAN);
  store<f64>(node, 0, GAIN);
  store<u32>(node, 0, HISTOGRAM);
  store<f64>(node, load<f64>(parent, LOWER), LOWER);
  store<f64>(node, load<f64>(parent, UPPER), UPPER);
  writeWeight(node);
}

/** Below a split on a feature with a direction, no leaf of one side may pass one of the other. */
function writeBounds(left: usize, right: usize, feature: i32): void {
  const direction = load<i8>(directions + <usize>feature);
  if (direction == 0) return;
  const middle = (load<f64>(left, WEIGHT) + load<f64>(right, WEIGHT)) / 2;
  store<f64>(direction > 0 ? left : right, middle, UPPER);
  store<f64>(direction > 0 ? right : left, middle, LOWER);
}

/**
 * Writes the split that was found and both children, whose rows lie divided already.
 *
 * @param children index of the left one's record, free together with the one after it
 */
export function writeSplit(node: usize, children: i32, leftRows: i32): void {
  const begin = load<i32>(node, BEGIN);
  const end = load<i32>(node, END);
  const gradient = f64x2.extract_lane(foundLeft, 0);
  const hessian = f64x2.extract_lane(foundLeft, 1);
  store<i32>(node, foundFeature, FEATURE);
  store<i32>(node, foundBin, BIN);
  store<f64>(node, foundGain(), GAIN);
  writeChild(node, children, 0, begin, begin + leftRows, gradient, hessian);
  writeChild(
    node, children + 1, 1, begin + leftRows, end, load<f64>(node, GRADIENT) - gradient,
    load<f64>(node, HESSIAN) - hessian,
  );
  if (constrained != 0) writeBounds(nodeAt(children), nodeAt(children + 1), foundFeature);
  // Last, since it is what makes the node a parent.
  store<i32>(node, children, LEFT);
}
