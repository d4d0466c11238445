// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of classes
/** Scratch memory of `coupleProbabilities` for that many classes. */
export interface CouplingScratch {
  readonly q: Float64Array;
  readonly product: Float64Array;
}

export const createCouplingScratch = (classes: number): CouplingScratch => ({
  q: new Float64Array(classes * classes),
  product: new Float64Array(classes),
});

const leastPairProbability = 1e-7;

const writeQ = (pairs: Float64Array, classes: number, q: Float64Array): void => {
  q.fill(0);
  let pair = 0;
  for (let low = 0; low < classes; low++) {
    for (let high = low + 1; high < classes; high++) {
      const p = Math.min(1 - leastPairProbability, Math.max(leastPairProbability, pairs[pair]!));
      pair++;
      q[low * classes + low]! += p * p;
      q[high * classes + high]! += (1 - p) * (1 - p);
      q[low * classes + high] = -p * (1 - p);
      q[high * classes + low] = -p * (1 - p);
    }
  }
};

/** Writes Q·p, and returns pᵀQp. */
const multiply = (q: Float64Array, p: Float64Array, at: number, product: Float64Array): number => {
  const classes = product.length;
  let whole = 0;
  for (let k = 0; k < classes; k++) {
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += q[k * classes + j]! * p[at + j]!;
    product[k] = sum;
    whole += p[at + k]! * sum;
  }
  return whole;
};

/**
 * One probability a class from those of the pairs: the second method of Wu, Lin and Weng, "Probability estimates for
 * multi-class classification by pairwise coupling", 2004, which LIBSVM uses.
 * @param pairs probability of the higher class, in the order of `classPairs`
 * @param out takes `classes` probabilities from `at` on
 */
export const coupleProbabilities = (
  pairs: Float64Array,
  classes: number,
  { q, product }: CouplingScratch,
  out: Float64Array,
  at: number,
): void => {
  writeQ(pairs, classes, q);
  for (let k = 0; k < classes; k++) out[at + k] = 1 / classes;
  const tolerance = 0.005 / classes;
  for (let round = 0; round < Math.max(100, classes); round++) {
    let whole = multiply(q, out, at, product);
    let worst = 0;
    for (let k = 0; k < classes; k++) worst = Math.max(worst, Math.abs(product[k]! - whole));
    if (worst < tolerance) break;
    for (let t = 0; t < classes; t++) {
      const own = q[t * classes + t]!;
      const difference = (whole - product[t]!) / own;
      const grown = 1 + difference;
      out[at + t]! += difference;
      whole = (whole + difference * (difference * own + 2 * product[t]!)) / grown / grown;
      for (let k = 0; k < classes; k++) {
        product[k] = (product[k]! + difference * q[t * classes + k]!) / grown;
        out[at + k]! /= grown;
      }
    }
  }
};
