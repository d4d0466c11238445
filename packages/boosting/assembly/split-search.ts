import { isPlain, scoreOf, weightOf } from './gain';
import { cellsOffset, missingBinOf, NO_BIN } from './histogram';
import { GRADIENT, HESSIAN, LOWER, UPPER } from './node';
import { directions, gamma, lambda, minChildWeight, valueBins } from './settings';

/** A split has to gain more than this, as in XGBoost: less is rounding. */
const LEAST_GAIN: f64 = 1e-6;

/** What subtraction may leave of a sum that is zero. */
const RESIDUE: f64 = 1e-12;

// Where missing values go.
export const MISSING_RIGHT: i32 = 0;
export const MISSING_LEFT: i32 = 1;
/** The node has none. */
export const MISSING_NOWHERE: i32 = 2;

// The best split found so far; there is none while `foundFeature` is negative.
export let foundFeature: i32 = -1;
export let foundBin: i32 = 0;
export let foundMissing: i32 = 0;
export let foundLeft: v128 = f64x2.splat(0);
/** Of both children; at first what they have to exceed. */
export let foundScore: f64 = 0;

// The node at hand.
let sums: v128 = f64x2.splat(0);
let lower: f64 = 0;
let upper: f64 = 0;
let parentScore: f64 = 0;

/** Starts the search of a node. */
export function beginSearch(node: usize): void {
  const gradient = load<f64>(node, GRADIENT);
  const hessian = load<f64>(node, HESSIAN);
  sums = f64x2(gradient, hessian);
  lower = load<f64>(node, LOWER);
  upper = load<f64>(node, UPPER);
  parentScore = isPlain()
    ? gradient * gradient / (hessian + lambda)
    : scoreOf(gradient, hessian, weightOf(gradient, hessian, lower, upper));
  foundFeature = -1;
  foundScore = parentScore + max(gamma, LEAST_GAIN);
}

@inline
export function foundGain(): f64 {
  return foundScore - parentScore;
}

/** Takes what another thread found, if it is better. To be called in the order of features: the first wins a tie. */
@inline
export function takeBetter(feature: i32, bin: i32, missing: i32, score: f64, left: v128): void {
  if (feature < 0 || (foundFeature >= 0 && score <= foundScore)) return;
  foundFeature = feature;
  foundBin = bin;
  foundMissing = missing;
  foundScore = score;
  foundLeft = left;
}

/** Sums of the children with direction and limits; -Infinity when the direction is broken. */
function limitedScore(left: v128, right: v128, feature: i32): f64 {
  const leftGradient = f64x2.extract_lane(left, 0);
  const leftHessian = f64x2.extract_lane(left, 1);
  const rightGradient = f64x2.extract_lane(right, 0);
  const rightHessian = f64x2.extract_lane(right, 1);
  const leftWeight = weightOf(leftGradient, leftHessian, lower, upper);
  const rightWeight = weightOf(rightGradient, rightHessian, lower, upper);
  const direction = <f64>load<i8>(directions + <usize>feature);
  if (direction * (rightWeight - leftWeight) < 0) return -Infinity;
  return scoreOf(leftGradient, leftHessian, leftWeight) + scoreOf(rightGradient, rightHessian, rightWeight);
}

/** The sums of missing values; with as many bins as cells there are none, and the last cell is a value's. */
@inline
function missingOf(cells: usize, feature: i32): v128 {
  const bin = missingBinOf(feature);
  return bin == NO_BIN ? f64x2.splat(0) : v128.load(cells + (<usize>bin << 4));
}

/** Compares one split: `left` sums up what goes left. */
@inline
function consider(left: v128, feature: i32, bin: i32, missing: i32, plain: bool): void {
  const right = f64x2.sub(sums, left);
  const hessians = v128.shuffle<f64>(left, right, 1, 3);
  let score: f64;
  if (plain) {
    const gradients = v128.shuffle<f64>(left, right, 0, 2);
    const both = f64x2.div(f64x2.mul(gradients, gradients), f64x2.add(hessians, f64x2.splat(lambda)));
    score = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  } else {
    score = limitedScore(left, right, feature);
  }
  if (
    score > foundScore &&
    f64x2.extract_lane(hessians, 0) >= minChildWeight &&
    f64x2.extract_lane(hessians, 1) >= minChildWeight
  ) {
    foundFeature = feature;
    foundBin = bin;
    foundMissing = missing;
    foundScore = score;
    foundLeft = left;
  }
}

/**
 * Looks for a better split in the histogram of a node.
 *
 * @param mask u8 a feature: whether it may be used
 */
export function searchHistogram(histogram: usize, mask: usize, first: i32, last: i32): void {
  const plain = isPlain();
  for (let feature = first; feature < last; feature++) {
    if (!load<u8>(mask + <usize>feature)) continue;
    const cells = histogram + cellsOffset(feature);
    const bins = load<i32>(valueBins + (<usize>feature << 2));
    const missing = missingOf(cells, feature);
    const hasMissing = f64x2.extract_lane(missing, 1) > RESIDUE;
    const otherwise = hasMissing ? MISSING_RIGHT : MISSING_NOWHERE;
    let left = f64x2.splat(0);
    for (let bin = 0; bin < bins; bin++) {
      const cell = v128.load(cells + (<usize>bin << 4));
      // Nothing lies between this split and the one before it.
      if (f64x2.extract_lane(cell, 1) == 0) continue;
      left = f64x2.add(left, cell);
      consider(left, feature, bin, otherwise, plain);
      if (hasMissing) consider(f64x2.add(left, missing), feature, bin, MISSING_LEFT, plain);
    }
  }
}

/**
 * Looks for a better split of one feature, whose cells hold sums only where `touched` has a bit, and empties them.
 *
 * @param touched address of 256 bits, emptied too
 */
export function searchCells(cells: usize, touched: usize, feature: i32, plain: bool): void {
  const bins = load<i32>(valueBins + (<usize>feature << 2));
  const missing = missingOf(cells, feature);
  const hasMissing = f64x2.extract_lane(missing, 1) > RESIDUE;
  const otherwise = hasMissing ? MISSING_RIGHT : MISSING_NOWHERE;
  let left = f64x2.splat(0);
  for (let word = 0; word < 4; word++) {
    let bits = load<u64>(touched + (<usize>word << 3));
    store<u64>(touched + (<usize>word << 3), 0);
    while (bits != 0) {
      const bin = (word << 6) + <i32>ctz(bits);
      bits &= bits - 1;
      const cell = cells + (<usize>bin << 4);
      const pair = v128.load(cell);
      v128.store(cell, f64x2.splat(0));
      if (bin >= bins) continue;
      left = f64x2.add(left, pair);
      consider(left, feature, bin, otherwise, plain);
      if (hasMissing) consider(f64x2.add(left, missing), feature, bin, MISSING_LEFT, plain);
    }
  }
}
