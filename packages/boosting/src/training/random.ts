/** The finalizer of MurmurHash3: each bit of the result depends on all of the value. */
const mix = (value: number): number => {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A seed of 32 bits for the thing at those places, so that no draw depends on the order of drawing. */
export const seedOf = (seed: number, ...places: readonly number[]): number =>
  places.reduce((state, place) => mix(mix((place + 0x9e3779b9) | 0) ^ state), mix(seed | 0));

/** The first `count` of a shuffle of 0 … `of` - 1. */
export const drawSome = (of: number, count: number, seed: number): number[] => {
  const order = Array.from({ length: of }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const place = i + (seedOf(seed, i) % (of - i));
    [order[i], order[place]] = [order[place] as number, order[i] as number];
  }
  return order.slice(0, count);
};
