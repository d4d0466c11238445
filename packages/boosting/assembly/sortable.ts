const LARGEST: f32 = 3.4028234663852886e38;

/**
 * Bits of a float, changed so that they sort as unsigned numbers in the order of the floats. Infinite ones count as the
 * largest, and -0 as 0: they are equal and must not be told apart.
 */
@inline
export function keyOf(value: f32): u32 {
  const clipped: f32 = min<f32>(LARGEST, max<f32>(-LARGEST, value)) + 0;
  const bits = reinterpret<u32>(clipped);
  return bits >> 31 ? ~bits : bits | 0x80000000;
}

/** The float of a key. */
@inline
export function floatOf(key: u32): f32 {
  return reinterpret<f32>(key >> 31 ? key & 0x7fffffff : ~key);
}
