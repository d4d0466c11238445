import type { Matrix } from '../preprocessing/encode-frame.ts';

/** Rows side by side, in the order in which they were asked for. */
export interface Rows {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Copies these rows of `x` and `y` to the start of `into`. */
export const gatherInto = (x: Matrix, y: Float64Array, rows: Int32Array, into: Rows): void => {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    into.x.set(x.values.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns);
    into.y[i] = y[row] as number;
  }
};

export const gatherRows = (x: Matrix, y: Float64Array, rows: Int32Array): Rows => {
  const into = { x: new Float64Array(rows.length * x.columns), y: new Float64Array(rows.length) };
  gatherInto(x, y, rows, into);
  return into;
};
