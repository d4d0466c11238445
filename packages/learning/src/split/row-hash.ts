// biome-ignore-all lint/style/noNonNullAssertion: indices stay within loops over the arrays' own lengths
import type { Frame, FrameColumn } from '@bellwether/contracts';

/** Two independent 32-bit lanes make the 53 bits that a double can hold. */
const laneSeeds = [0x2545f491, 0x6c078965] as const;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** One block of MurmurHash3 (x86, 32 bits; Austin Appleby). */
const absorb = (hash: number, word: number): number =>
  (Math.imul(rotate(hash ^ Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593), 13), 5) + 0xe6546b64) | 0;

/** MurmurHash3's finaliser: every input bit changes each output bit with probability near one half. */
const finish = (hash: number): number => {
  let word = hash;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
};

const hashText = (text: string, seed: number): number => {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = absorb(hash, text.charCodeAt(at));
  return finish(hash ^ text.length);
};

/** The two words that stand for each value of a column, read by `row`: float64 bits, or the hash of the string. */
const wordsOf = (column: FrameColumn): ((row: number, words: Uint32Array) => void) => {
  const number = new Float64Array(1);
  const bits = new Uint32Array(number.buffer);
  const writeNumber = (value: number, words: Uint32Array): void => {
    // -0 equals 0, and all the NaNs are one "missing", which categorical columns share
    number[0] = Number.isNaN(value) ? Number.NaN : value + 0;
    words[0] = bits[0]!;
    words[1] = bits[1]!;
  };
  if (column.type === 'numeric') return (row, words) => writeNumber(column.values[row]!, words);
  const low = Uint32Array.from(column.levels, (level) => hashText(level, laneSeeds[0]));
  const high = Uint32Array.from(column.levels, (level) => hashText(level, laneSeeds[1]));
  return (row, words) => {
    const code = column.codes[row]!;
    if (code < 0) return writeNumber(Number.NaN, words);
    words[0] = low[code]!;
    words[1] = high[code]!;
  };
};

/**
 * A stable hash of each row, uniform in [0, 1) with 53 bits.
 *
 * Each cell's two words are absorbed into a hash seeded by the column's name, in two lanes; the lanes are summed over
 * the columns (so that the order of columns does not matter) and finished. The result depends on the row's own names
 * and values alone: not on its place, on other rows, or on which codes the levels happen to have.
 *
 * Changing any constant here moves rows between training and hold-out, so that old and new versions of a model would
 * no longer be compared on rows that neither has seen.
 */
export const hashRows = (frame: Frame): Float64Array => {
  const sums = laneSeeds.map(() => new Int32Array(frame.rows));
  const words = new Uint32Array(2);
  for (const column of frame.columns) {
    const seeds = laneSeeds.map((seed) => hashText(column.name, seed));
    const write = wordsOf(column);
    for (let row = 0; row < frame.rows; row++) {
      write(row, words);
      for (let lane = 0; lane < 2; lane++) {
        sums[lane]![row]! += finish(absorb(absorb(seeds[lane]!, words[0]!), words[1]!));
      }
    }
  }
  return Float64Array.from({ length: frame.rows }, (_, row) => {
    const high = finish(sums[0]![row]!) >>> 0;
    const low = finish(sums[1]![row]! ^ high) >>> 11;
    return (high * 2 ** 21 + low) / 2 ** 53;
  });
};
