import { features, scratch, scratchBytes, thread } from './settings';

/** Rows that a histogram takes at a time: enough that fetching them overlaps, few enough to stay in the cache. */
export const BLOCK_ROWS: i32 = 64;

/** A node of so few rows is searched faster without a histogram, which has more cells than it has rows. */
export const FEW_ROWS: i32 = 256;

/** Bytes of one feature's cells, which are zero between searches. */
export const CELLS_BYTES: usize = 4096;

// A thread's scratch memory: cells of one feature and which of them are in use; a mask of features; the order in which
// they are drawn; addresses of a small node's rows; gradients of rows, then the bins of a block.
@inline
export function cellsAt(): usize {
  return scratch + <usize>thread * scratchBytes;
}

/** 256 bits: which cells hold a sum. */
@inline
export function touchedAt(): usize {
  return cellsAt() + CELLS_BYTES;
}

@inline
export function maskAt(): usize {
  return touchedAt() + 32;
}

@inline
export function drawnAt(): usize {
  return maskAt() + padded(<usize>features);
}

@inline
export function addressesAt(): usize {
  return drawnAt() + padded(<usize>features << 2);
}

@inline
export function gradientsAt(): usize {
  return addressesAt() + (<usize>FEW_ROWS << 2);
}

/** To a multiple of 16 bytes, the width of a vector. */
@inline
export function padded(bytes: usize): usize {
  return (bytes + 15) & ~15;
}
