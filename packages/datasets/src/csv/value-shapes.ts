/** What keeps values of a column from being read as they are typed, whatever they are. */
export const Shape = {
  /** a zero before another digit: 007 is a code, and as a number would lose its zeros */
  zeroLed: 1,
  /** other than 2024-12-31 or 2024-12-31 23:59:59 by its length and punctuation: it may have a zone, or be no date */
  unlikeTime: 2,
} as const;

export interface ValueShapes {
  /** the shapes that were found in each column, added up */
  readonly found: Uint8Array;
  /** Looks at the value of a column, bytes `start` to `end`; one that began in an earlier chunk has a negative start. */
  note(column: number, chunk: Uint8Array, start: number, end: number): void;
}

const Byte = { quote: 0x22, dash: 0x2d, slash: 0x2f, zero: 0x30, nine: 0x39, colon: 0x3a } as const;

const dateLength = 10;
const timeLength = 19;

function isLikeTime(chunk: Uint8Array, start: number, length: number): boolean {
  const afterYear = chunk[start + 4];
  if (afterYear !== Byte.dash && afterYear !== Byte.slash) return false;
  if (length === dateLength) return true;
  // with colons here nothing but seconds has room behind them
  return length === timeLength && chunk[start + 13] === Byte.colon && chunk[start + 16] === Byte.colon;
}

function isZeroLed(chunk: Uint8Array, start: number): boolean {
  const second = chunk[start + 1] as number;
  return chunk[start] === Byte.zero && second >= Byte.zero && second <= Byte.nine;
}

/** Collects the shapes of values, by column. What cannot be seen as a whole is taken for everything. */
export function createValueShapes(columns: number): ValueShapes {
  const found = new Uint8Array(columns);
  return {
    found,
    note(column, chunk, start, end) {
      // nearly all values of columns that are not times
      if ((chunk[start] as number) > Byte.zero && ((found[column] as number) & Shape.unlikeTime) !== 0) return;
      let first = start;
      let length = end - start;
      if (length === 0) return;
      if (first < 0) {
        found[column] = Shape.zeroLed | Shape.unlikeTime;
        return;
      }
      if (length > 1 && chunk[first] === Byte.quote) {
        first += 1;
        length -= 2;
      }
      if (length > 1 && isZeroLed(chunk, first)) found[column] = (found[column] as number) | Shape.zeroLed;
      if (!isLikeTime(chunk, first, length)) found[column] = (found[column] as number) | Shape.unlikeTime;
    },
  };
}
