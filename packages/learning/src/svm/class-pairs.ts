/** The pairs of one-versus-one, in the order of their decision functions: (0, 1), (0, 2), …, (1, 2), … */
export const classPairs = (classes: number): [number, number][] =>
  Array.from({ length: classes }, (_, low) =>
    Array.from({ length: classes - low - 1 }, (_, above): [number, number] => [low, low + 1 + above]),
  ).flat();

export interface PairRows {
  readonly rows: Int32Array;
  /** -1 for the lower class, 1 for the higher one */
  readonly signs: Int8Array;
}

/** The rows of a pair's two classes, in their order. */
export const rowsOfPair = (y: Float64Array, [low, high]: readonly [number, number]): PairRows => {
  const rows = Int32Array.from(y.keys()).filter((row) => y[row] === low || y[row] === high);
  return { rows, signs: Int8Array.from(rows, (row) => (y[row] === high ? 1 : -1)) };
};
