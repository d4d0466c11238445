const exchange = (values: Float64Array, i: number, j: number): void => {
  const kept = values[i] as number;
  values[i] = values[j] as number;
  values[j] = kept;
};

/** Brings the row with the largest entry in column `k`, from row `k` on, to row `k`. */
const pivot = (a: Float64Array, b: Float64Array, k: number): void => {
  const n = b.length;
  let largest = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(a[i * n + k] as number) > Math.abs(a[largest * n + k] as number)) largest = i;
  }
  if (largest === k) return;
  for (let j = k; j < n; j++) exchange(a, k * n + j, largest * n + j);
  exchange(b, k, largest);
};

/**
 * Solves a x = b by elimination with pivoting.
 *
 * @param a square, by rows; is overwritten
 * @param b is overwritten with x
 */
export const solveInPlace = (a: Float64Array, b: Float64Array): void => {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    pivot(a, b, k);
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k] as number) / (a[k * n + k] as number);
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
      b[i] = (b[i] as number) - factor * (b[k] as number);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let rest = b[i] as number;
    for (let j = i + 1; j < n; j++) rest -= (a[i * n + j] as number) * (b[j] as number);
    b[i] = rest / (a[i * n + i] as number);
  }
};
