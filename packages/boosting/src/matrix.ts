/** Numbers row by row; NaN is missing. */
export interface Rows {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}
