// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by `size`

/** A pivot this small beside its diagonal is rounding noise of a column that others already explain. */
const dependent = 1e-13;

const factor = (a: Float64Array, size: number): void => {
  for (let column = 0; column < size; column++) {
    const diagonal = a[column * size + column]!;
    let pivot = diagonal;
    for (let k = 0; k < column; k++) pivot -= a[column * size + k]! ** 2;
    // an infinite pivot makes the coefficient 0, which is one of the exact solutions of a singular system
    const root = pivot > dependent * diagonal ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY;
    a[column * size + column] = root;
    for (let row = column + 1; row < size; row++) {
      let sum = a[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= a[row * size + k]! * a[column * size + k]!;
      a[row * size + column] = sum / root;
    }
  }
};

/**
 * Solves `a x = b` for a symmetric positive semi-definite `a` (row-major, `size` × `size`, lower triangle read) by
 * Cholesky's factorisation. Both arrays are overwritten, `b` with the solution. A column that depends on earlier ones
 * gets coefficient 0.
 */
export const solveSymmetric = (a: Float64Array, b: Float64Array): void => {
  const size = b.length;
  factor(a, size);
  for (let row = 0; row < size; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= a[row * size + k]! * b[k]!;
    b[row] = sum / a[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = b[row]!;
    for (let k = row + 1; k < size; k++) sum -= a[k * size + row]! * b[k]!;
    b[row] = sum / a[row * size + row]!;
  }
};
