import type { Rows } from '../src/matrix.ts';

/** Numbers in [0, 1) that are the same everywhere: mulberry32. */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export interface Table {
  readonly x: Rows;
  readonly y: Float64Array;
}

/** A smooth target of some columns, with one in ten values missing, a column of few levels and a constant one. */
export const wavyTable = (rows: number, columns: number, seed = 1): Table => {
  const random = randomNumbers(seed);
  const values = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let column = 0; column < columns; column++) values[at + column] = random() * 4 - 2;
    values[at + 1] = Math.round(values[at + 1] as number);
    values[at + columns - 1] = 7;
    y[row] =
      Math.sin(2 * (values[at] as number)) + (values[at + 1] as number) * (values[at + 2] as number) + 0.1 * random();
    for (let column = 0; column < columns - 1; column++) if (random() < 0.1) values[at + column] = Number.NaN;
  }
  return { x: { values, rows, columns }, y };
};
