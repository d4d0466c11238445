import { nodes } from './settings';

/** Bytes of a node record. */
export const NODE_BYTES: usize = 96;

/** No children. */
export const LEAF: i32 = -1;

/** The set of records in use by this thread. */
let base: usize = 0;

export function useNodes(address: usize): void {
  base = address;
}

@inline
export function nodeAt(index: i32): usize {
  return base + <usize>index * NODE_BYTES;
}

// What a record holds, by offset.
export const BEGIN: usize = 0; // i32, into the list of rows
export const END: usize = 4; // i32
export const LEFT: usize = 8; // i32: index of the left child, the right one follows it; LEAF
export const FEATURE: usize = 12; // i32
export const BIN: usize = 16; // i32: values up to it go left
export const DEFAULT_LEFT: usize = 20; // i32: where missing goes
export const DEPTH: usize = 24; // i32
export const KEY: usize = 28; // u32: what the node's random draws depend on
export const GRADIENT: usize = 32; // f64
export const HESSIAN: usize = 40; // f64
export const GAIN: usize = 48; // f64
export const LOWER: usize = 56; // f64: bounds of its weight
export const UPPER: usize = 64; // f64
export const WEIGHT: usize = 72; // f64: before the learning rate
export const VALUE: usize = 80; // f32: what a leaf adds to a score
export const HISTOGRAM: usize = 84; // u32: address of its histogram, or 0
export const LEFT_MISSING: usize = 88; // i32: the bin of missing values if they go left, else one that does not occur

@inline
export function rowsOf(node: usize): i32 {
  return load<i32>(node, END) - load<i32>(node, BEGIN);
}

export function writeRoot(begin: i32, end: i32, key: u32, gradient: f64, hessian: f64): void {
  const node = nodeAt(0);
  store<i32>(node, begin, BEGIN);
  store<i32>(node, end, END);
  store<i32>(node, 0, DEPTH);
  store<u32>(node, key, KEY);
  store<f64>(node, gradient, GRADIENT);
  store<f64>(node, hessian, HESSIAN);
  store<f64>(node, -Infinity, LOWER);
  store<f64>(node, Infinity, UPPER);
  store<i32>(node, LEAF, LEFT);
  store<f64>(node, 0, GAIN);
  store<u32>(node, 0, HISTOGRAM);
}
