// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrix' rows and columns
import type { Matrix } from '../preprocessing/encode-frame.ts';

/** What least squares needs to know of a table, of columns from which their means are subtracted. */
export interface CentredMoments {
  readonly means: Float64Array;
  readonly targetMean: number;
  /** XᵀX, row-major; its lower triangle */
  readonly gram: Float64Array;
  /** Xᵀy */
  readonly moments: Float64Array;
}

export interface LinearCoefficients {
  /** one a feature */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

const columnMeans = (x: Matrix): Float64Array => {
  const means = new Float64Array(x.columns);
  for (let row = 0; row < x.rows; row++) {
    for (let column = 0; column < x.columns; column++) means[column]! += x.values[row * x.columns + column]! / x.rows;
  }
  return means;
};

/** Adds one row's share to the lower triangle of XᵀX and to Xᵀy; zeros, of which one-hot rows are full, cost nothing. */
const addRow = (row: Float64Array, target: number, gram: Float64Array, moments: Float64Array): void => {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const value = row[i]!;
    if (value === 0) continue;
    moments[i]! += value * target;
    for (let j = 0; j <= i; j++) gram[i * size + j]! += value * row[j]!;
  }
};

/** @param onProgress takes the share of the rows that are done */
export const centredMoments = (x: Matrix, y: Float64Array, onProgress: (fraction: number) => void): CentredMoments => {
  const size = x.columns;
  const means = columnMeans(x);
  const targetMean = y.reduce((sum, value) => sum + value / y.length, 0);
  const gram = new Float64Array(size * size);
  const moments = new Float64Array(size);
  for (let row = 0; row < x.rows; row++) {
    addRow(x.values.subarray(row * size, (row + 1) * size), y[row]! - targetMean, gram, moments);
    if (row % 4096 === 0) onProgress(row / x.rows);
  }
  // y is centred, so that Xᵀy needs no correction; XᵀX is centred here, where one-hot rows have been cheap to add
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) gram[i * size + j]! -= x.rows * means[i]! * means[j]!;
  }
  return { means, targetMean, gram, moments };
};

/** The model of columns that are not centred. */
export const withIntercept = (
  coefficients: Float64Array,
  { means, targetMean }: Pick<CentredMoments, 'means' | 'targetMean'>,
): LinearCoefficients => ({
  coefficients,
  intercept: coefficients.reduce((rest, weight, i) => rest - weight * means[i]!, targetMean),
});
