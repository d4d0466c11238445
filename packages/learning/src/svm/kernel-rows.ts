// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrix' rows
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { dotAt, type Kernel } from './kernel.ts';
import { negativeExponential } from './negative-exponential.ts';
import { type Swaps, swapInRow, swapPositions } from './swap-positions.ts';

/**
 * Rows of the kernel matrix, computed when asked for, by position. Positions are the matrix' rows until `swap`
 * exchanges them.
 */
export interface KernelRows {
  readonly size: number;
  /** by position */
  readonly diagonal: Float64Array;
  /**
   * The kernel between this position and the first `length` ones; what follows in the array is undefined. The two last
   * returned are intact, older ones may be reused.
   */
  readonly row: (position: number, length: number) => Float32Array;
  readonly swap: (swaps: Swaps) => void;
}

interface CachedRow {
  readonly values: Float32Array;
  /** how many of the values are computed */
  length: number;
}

const squaredNorms = ({ values, rows, columns }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => dotAt(values, row * columns, values, row * columns, columns));

/**
 * A least-recently-used cache of kernel rows in `cacheBytes` of memory, two rows at least. Rows are float32, as in
 * LIBSVM: twice as many fit, and the solver's tolerance is far above their rounding.
 */
export const createKernelRows = (x: Matrix, kernel: Kernel, cacheBytes: number): KernelRows => {
  const { rows, columns } = x;
  const values = x.values.slice();
  const norms = squaredNorms(x);
  const diagonal = kernel.type === 'linear' ? norms.slice() : new Float64Array(rows).fill(1);
  const ids = Int32Array.from({ length: rows }, (_, row) => row);
  const capacity = Math.max(2, Math.floor(cacheBytes / (4 * rows)));
  const cache = new Map<number, CachedRow>();

  const compute = (position: number, out: Float32Array, start: number, end: number): void => {
    const from = position * columns;
    if (kernel.type === 'linear') {
      for (let k = start; k < end; k++) out[k] = dotAt(values, from, values, k * columns, columns);
      return;
    }
    const { gamma } = kernel;
    const norm = norms[position]!;
    for (let k = start; k < end; k++) {
      const distance = norm + norms[k]! - 2 * dotAt(values, from, values, k * columns, columns);
      // rounding may leave a distance a little below 0
      out[k] = distance > 0 ? negativeExponential(gamma * distance) : 1;
    }
  };

  /** The memory of the row that was not used for longest, once the cache is full. */
  const takeBuffer = (): Float32Array => {
    const oldest = cache.size < capacity ? undefined : cache.entries().next().value;
    if (oldest === undefined) return new Float32Array(rows);
    cache.delete(oldest[0]);
    return oldest[1].values;
  };

  return {
    size: rows,
    diagonal,
    row: (position, length) => {
      const id = ids[position]!;
      const hit = cache.get(id);
      const entry = hit ?? { values: takeBuffer(), length: 0 };
      if (hit !== undefined) cache.delete(id);
      cache.set(id, entry);
      if (entry.length < length) {
        compute(position, entry.values, entry.length, length);
        entry.length = length;
      }
      return entry.values;
    },
    swap: (swaps) => {
      swapPositions(values, swaps, 0, columns);
      for (const own of [norms, diagonal, ids]) swapPositions(own, swaps);
      const end = swaps.reduce((last, position) => Math.max(last, position + 1), 0);
      for (const [id, entry] of cache) {
        // of a row that knows some of these positions only, what it knows would be scattered
        if (entry.length < end) cache.delete(id);
        else swapInRow(entry.values, swaps);
      }
    },
  };
};
