// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrix' rows
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { dotAt, type Kernel } from './kernel.ts';

/** Rows of the kernel matrix, computed when asked for; the two last returned are intact, older ones may be reused. */
export interface KernelRows {
  readonly size: number;
  readonly diagonal: Float64Array;
  readonly row: (index: number) => Float32Array;
}

const squaredNorms = ({ values, rows, columns }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => dotAt(values, row * columns, values, row * columns, columns));

/**
 * A least-recently-used cache of kernel rows in `cacheBytes` of memory, two rows at least. Rows are float32, as in
 * LIBSVM: twice as many fit, and the solver's tolerance is far above their rounding.
 */
export const createKernelRows = (x: Matrix, kernel: Kernel, cacheBytes: number): KernelRows => {
  const { values, rows, columns } = x;
  const norms = squaredNorms(x);
  const capacity = Math.max(2, Math.floor(cacheBytes / (4 * rows)));
  const cache = new Map<number, Float32Array>();

  const compute = (index: number, out: Float32Array): void => {
    const from = index * columns;
    for (let other = 0; other < rows; other++) out[other] = dotAt(values, from, values, other * columns, columns);
    if (kernel.type === 'linear') return;
    const norm = norms[index]!;
    for (let other = 0; other < rows; other++) {
      out[other] = Math.exp(-kernel.gamma * Math.max(0, norm + norms[other]! - 2 * out[other]!));
    }
  };

  /** The memory of the row that was not used for longest, once the cache is full. */
  const takeBuffer = (): Float32Array => {
    const oldest = cache.size < capacity ? undefined : cache.entries().next().value;
    if (oldest === undefined) return new Float32Array(rows);
    cache.delete(oldest[0]);
    return oldest[1];
  };

  return {
    size: rows,
    diagonal: kernel.type === 'linear' ? norms : new Float64Array(rows).fill(1),
    row: (index) => {
      const hit = cache.get(index);
      const row = hit ?? takeBuffer();
      if (hit === undefined) compute(index, row);
      else cache.delete(index);
      cache.set(index, row);
      return row;
    },
  };
};
