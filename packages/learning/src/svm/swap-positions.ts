/** Positions to exchange: the first with the second, the third with the fourth, and so on; none occurs twice. */
export type Swaps = Int32Array;

type Numbers = Float64Array | Int32Array | Int8Array | Uint8Array;

/** Exchanges blocks of `width` numbers, of which the one at position 0 starts at `at`. */
export const swapPositions = (values: Numbers, swaps: Swaps, at = 0, width = 1): void => {
  for (let pair = 0; pair < swaps.length; pair += 2) {
    const one = at + (swaps[pair] as number) * width;
    const other = at + (swaps[pair + 1] as number) * width;
    for (let i = 0; i < width; i++) {
      const moved = values[one + i] as number;
      values[one + i] = values[other + i] as number;
      values[other + i] = moved;
    }
  }
};

/** The same for kernel rows alone: with one type of array it is four times as fast, and shrinking does little else. */
export const swapInRow = (row: Float32Array, swaps: Swaps): void => {
  for (let pair = 0; pair < swaps.length; pair += 2) {
    const one = swaps[pair] as number;
    const other = swaps[pair + 1] as number;
    const moved = row[one] as number;
    row[one] = row[other] as number;
    row[other] = moved;
  }
};
