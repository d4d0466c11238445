import type { Matrix } from '../preprocessing/encode-frame.ts';

/** The matrix of the chosen rows. */
export const takeRows = (x: Matrix, rows: Int32Array): Matrix => {
  const values = new Float64Array(rows.length * x.columns);
  for (const [at, row] of rows.entries()) {
    values.set(x.values.subarray(row * x.columns, (row + 1) * x.columns), at * x.columns);
  }
  return { rows: rows.length, columns: x.columns, values };
};

/**
 * Drops the rows that no decision function needs, and puts the others into the order of their classes.
 * @param dense rows of coefficients, one a row of `x`
 * @param y class of each row of `x`; all 0 in a regression
 */
export const gatherSupportVectors = (
  x: Matrix,
  dense: readonly Float64Array[],
  y: Float64Array,
): { vectors: Float64Array; coefficients: Float64Array; rows: Int32Array } => {
  const rows = Int32Array.from({ length: x.rows }, (_, row) => row)
    .filter((row) => dense.some((coefficients) => coefficients[row] !== 0))
    .sort((a, b) => (y[a] as number) - (y[b] as number) || a - b);
  const coefficients = new Float64Array(dense.length * rows.length);
  for (const [index, own] of dense.entries()) {
    coefficients.set(
      Float64Array.from(rows, (row) => own[row] as number),
      index * rows.length,
    );
  }
  return { vectors: takeRows(x, rows).values, coefficients, rows };
};
