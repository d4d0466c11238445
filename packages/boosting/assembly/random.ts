/** Mixes 32 bits so that each depends on all: the finalizer of MurmurHash3. */
@inline
export function mix(value: u32): u32 {
  value ^= value >> 16;
  value *= 0x85ebca6b;
  value ^= value >> 13;
  value *= 0xc2b2ae35;
  return value ^ (value >> 16);
}

/** Depends on its place alone, not on what was drawn before: threads may draw in any order. */
@inline
export function draw(seed: u32, place: u32): u32 {
  return mix(mix(place + 0x9e3779b9) ^ seed);
}

/** Uniform on [0, 1). */
@inline
export function uniform(bits: u32): f64 {
  return <f64>bits * (1.0 / 4294967296.0);
}

/** A Poisson number with `start` = exp(-mean), by inversion. */
export function poisson(bits: u32, mean: f64, start: f64): i32 {
  const u = uniform(bits);
  let probability = start;
  let cumulated = start;
  let count = 0;
  while (u >= cumulated && count < 255) {
    count++;
    probability *= mean / <f64>count;
    cumulated += probability;
  }
  return count;
}
