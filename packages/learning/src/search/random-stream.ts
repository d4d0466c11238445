/** Draws numbers evenly from [0, 1). */
export type RandomStream = () => number;

/** One output of SplitMix (Steele, Lea, Flood 2014) in 32 bits, with MurmurHash3's finaliser. */
const mix = (state: number): number => {
  let word = state;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
};

const golden = 0x9e3779b9;

/**
 * A stream of its own for each pair of seed and number, xoshiro128++ (Blackman and Vigna 2021): what one trial draws
 * does not depend on how much another drew.
 */
export const randomStream = (seed: number, stream: number): RandomStream => {
  let filler = mix(mix(seed | 0) + Math.imul(stream + 1, golden));
  const next = (): number => {
    filler = (filler + golden) | 0;
    return mix(filler);
  };
  const s = Uint32Array.of(next(), next(), next(), next() | 1);
  const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
  return () => {
    const [a, b, c, d] = s as unknown as [number, number, number, number];
    const result = (rotate((a + d) | 0, 7) + a) >>> 0;
    s[2] = c ^ a;
    s[3] = d ^ b;
    s[1] = b ^ (c ^ a);
    s[0] = a ^ (d ^ b);
    s[2] = c ^ a ^ (b << 9);
    s[3] = rotate(d ^ b, 11);
    return result / 2 ** 32;
  };
};
