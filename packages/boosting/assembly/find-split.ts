import { mask as treeMask, together } from './tree-context';
import { BEGIN, KEY, rowsOf } from './node';
import { draw } from './random';
import { addressesAt, cellsAt, drawnAt, FEW_ROWS, gradientsAt, maskAt, touchedAt } from './scratch';
import { isPlain } from './gain';
import { beginSearch, searchCells, searchHistogram } from './split-search';
import { binsByColumn, binsByRow, columnsPerNode, features, rowCount } from './settings';

/**
 * The features that a node may look at, as a mask: those of the tree, or `columnsPerNode` of them, drawn by the node's
 * key, so that it does not matter which thread asks.
 */
export function maskOf(node: usize): usize {
  if (columnsPerNode >= features) return treeMask;
  const mask = maskAt();
  const drawn = drawnAt();
  memory.fill(mask, 0, features);
  let usable: i32 = 0;
  for (let feature = 0; feature < features; feature++) {
    if (!load<u8>(treeMask + <usize>feature)) continue;
    store<i32>(drawn + (<usize>usable << 2), feature);
    usable++;
  }
  const key = load<u32>(node, KEY);
  const count = min(columnsPerNode, usable);
  // Fisher-Yates, as far as needed.
  for (let i = 0; i < count; i++) {
    const place = i + <i32>(draw(key, <u32>i) % <u32>(usable - i));
    const chosen = load<i32>(drawn + (<usize>place << 2));
    store<i32>(drawn + (<usize>place << 2), load<i32>(drawn + (<usize>i << 2)));
    store<u8>(mask + <usize>chosen, 1);
  }
  return mask;
}

/**
 * The feature to begin with, which wins a tie. Deep in a forest's trees any feature tells two rows apart: always taking
 * the first one would make the trees alike.
 */
@inline
function firstFeatureOf(node: usize): i32 {
  return together || features == 0 ? 0 : <i32>(draw(load<u32>(node, KEY), 0x20000) % <u32>features);
}

/** The best split of a node whose histogram is there. */
export function searchWithHistogram(node: usize, histogram: usize): void {
  beginSearch(node);
  const mask = maskOf(node);
  const first = firstFeatureOf(node);
  searchHistogram(histogram, mask, first, features);
  searchHistogram(histogram, mask, 0, first);
}

/**
 * The best split of a node without a histogram, one feature after the other.
 *
 * Bins are read by row when the node is small (a row's bins share a cache line), else by column.
 *
 * @param rows the list that the node's rows are a part of
 */
export function searchRows(node: usize, rows: usize, gradients: usize): void {
  beginSearch(node);
  const mask = maskOf(node);
  const count = rowsOf(node);
  const byRow = count <= FEW_ROWS;
  const list = rows + (<usize>load<i32>(node, BEGIN) << 2);
  const addresses = byRow ? addressesAt() : list;
  const pairs = gradientsAt();
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = <usize>load<u32>(list + (i << 2));
    v128.store(pairs + (i << 4), f64x2.promote_low_f32x4(v128.load64_zero(gradients + (row << 3))));
    if (byRow) store<u32>(addresses + (i << 2), <u32>(binsByRow + row * features));
  }
  const plain = isPlain();
  const first = firstFeatureOf(node);
  for (let turn = 0; turn < features; turn++) {
    const feature = first + turn < features ? first + turn : first + turn - features;
    if (!load<u8>(mask + <usize>feature)) continue;
    const base = byRow ? <usize>feature : binsByColumn + <usize>feature * <usize>rowCount;
    sumCells(addresses, base, pairs, count);
    searchCells(cellsAt(), touchedAt(), feature, plain);
  }
}


/** Adds rows to the cells of one feature, whose bins lie at `base` + address. */
function sumCells(addresses: usize, base: usize, pairs: usize, count: i32): void {
  const cells = cellsAt();
  const touched = touchedAt();
  for (const end = addresses + (<usize>count << 2); addresses < end; addresses += 4) {
    const bin = <usize>load<u8>(base + <usize>load<u32>(addresses));
    const word = touched + ((bin >> 6) << 3);
    store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>bin & 63)));
    const cell = cells + (bin << 4);
    v128.store(cell, f64x2.add(v128.load(cell), v128.load(pairs)));
    pairs += 16;
  }
}
