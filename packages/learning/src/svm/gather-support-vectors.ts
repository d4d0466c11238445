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
 * Drops the rows that no decision function needs.
 * @param dense one array a decision function, with one coefficient a row of `x`
 */
export const gatherSupportVectors = (
  x: Matrix,
  dense: readonly Float64Array[],
): { vectors: Float64Array; coefficients: Float64Array } => {
  const all = Int32Array.from({ length: x.rows }, (_, row) => row);
  const rows = all.filter((row) => dense.some((coefficients) => coefficients[row] !== 0));
  const coefficients = new Float64Array(dense.length * rows.length);
  for (const [index, own] of dense.entries()) {
    coefficients.set(
      Float64Array.from(rows, (row) => own[row] as number),
      index * rows.length,
    );
  }
  return { vectors: takeRows(x, rows).values, coefficients };
};

/** With a linear kernel the support vectors add up to one weight vector a decision function. */
export const collapseLinear = (vectors: Float64Array, coefficients: Float64Array, features: number): Float64Array => {
  const count = features === 0 ? 0 : vectors.length / features;
  const functions = count === 0 ? 0 : coefficients.length / count;
  const weights = new Float64Array(functions * features);
  for (let f = 0; f < functions; f++) {
    for (let s = 0; s < count; s++) {
      const coefficient = coefficients[f * count + s] as number;
      for (let i = 0; i < features; i++) {
        weights[f * features + i] =
          (weights[f * features + i] as number) + coefficient * (vectors[s * features + i] as number);
      }
    }
  }
  return weights;
};
