/** Yields numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/**
 * A generator of its own for each seed: Chris Doty-Humphrey's sfc32 of PractRand, which passes its tests and has 128
 * bits of state. The same seed gives the same numbers on every machine.
 */
export const createRandom = (seed: number): Random => {
  let a = 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // the first numbers of neighbouring seeds are alike
  for (let i = 0; i < 15; i++) next();
  return next;
};

/** Puts the numbers into a random order, in place (Fisher and Yates). */
export const shuffle = (numbers: Int32Array, random: Random): void => {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = numbers[last] as number;
    numbers[last] = numbers[other] as number;
    numbers[other] = moved;
  }
};
