// Bits of a float32, changed so that they sort as unsigned numbers in the order of the floats.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** From the bits of a float32. */
export const keyOfBits = (value: number): number => (value >>> 31 === 1 ? ~value : value | 0x80000000) >>> 0;

/** The float32 of a key. */
export const floatOfKey = (key: number): number => {
  bits[0] = key >>> 31 === 1 ? key & 0x7fffffff : ~key;
  return float[0] as number;
};

const radixBits = 11;
const buckets = 1 << radixBits;

/** Sorts keys, in linear time. Returns one of the two arrays. */
export const sortKeys = (keys: Uint32Array, spare: Uint32Array, count: number): Uint32Array => {
  const starts = new Uint32Array(buckets);
  let from = keys;
  let to = spare;
  for (let shift = 0; shift < 32; shift += radixBits) {
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      const bucket = ((from[i] as number) >>> shift) & (buckets - 1);
      starts[bucket] = (starts[bucket] as number) + 1;
    }
    let sum = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const size = starts[bucket] as number;
      starts[bucket] = sum;
      sum += size;
    }
    for (let i = 0; i < count; i++) {
      const key = from[i] as number;
      const bucket = (key >>> shift) & (buckets - 1);
      const place = starts[bucket] as number;
      starts[bucket] = place + 1;
      to[place] = key;
    }
    [from, to] = [to, from];
  }
  return from;
};
