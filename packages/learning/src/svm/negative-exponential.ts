// biome-ignore-all lint/style/noNonNullAssertion: the index is bounded by the table's length

/** Steps a unit of the argument. */
const steps = 64;
/** exp(-104) is the first that float32 rounds to 0. */
const end = 104;
const table = Float64Array.from({ length: end * steps + 1 }, (_, index) => Math.exp(-index / steps));

/**
 * exp(-z) for z ≥ 0 to 3e-9 of its value, which float32 kernel rows round away: a table, and Taylor's polynomial for
 * the rest. A third of the time of `Math.exp`, and the same bits on every machine.
 */
export const negativeExponential = (z: number): number => {
  if (!(z < end)) return 0;
  const index = (z * steps) | 0;
  const rest = index / steps - z;
  return table[index]! * (1 + rest * (1 + rest * (0.5 + rest * (1 / 6))));
};
