// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrices' shapes

// The loops below are where the time of training goes. Each takes several rows at once, so that a number that is read
// serves several products: two to three times as fast as one at a time.

/** A matrix inside a longer array: row-major, from `at` on. */
export interface Block {
  readonly values: Float64Array;
  readonly at: number;
}

/**
 * `out` = `x` · `weights`ᵀ + biases.
 * @param x `rows` × `inputs`
 * @param layer `outputs` × `inputs` weights, then `outputs` biases
 * @param out `rows` × `outputs`
 */
export const affine = (
  x: Block,
  rows: number,
  inputs: number,
  layer: Block,
  outputs: number,
  out: Float64Array,
): void => {
  const { values: w, at } = layer;
  const biases = at + outputs * inputs;
  let row = 0;
  for (; row + 3 < rows; row += 4)
    affineFour(x.values, x.at + row * inputs, inputs, w, at, outputs, out, row * outputs);
  for (; row < rows; row++) {
    const from = x.at + row * inputs;
    for (let o = 0; o < outputs; o++) {
      let sum = w[biases + o]!;
      for (let i = 0; i < inputs; i++) sum += w[at + o * inputs + i]! * x.values[from + i]!;
      out[row * outputs + o] = sum;
    }
  }
};

const affineFour = (
  x: Float64Array,
  x0: number,
  inputs: number,
  w: Float64Array,
  at: number,
  outputs: number,
  out: Float64Array,
  to: number,
): void => {
  const x1 = x0 + inputs;
  const x2 = x1 + inputs;
  const x3 = x2 + inputs;
  for (let o = 0; o < outputs; o++) {
    const bias = w[at + outputs * inputs + o]!;
    let s0 = bias;
    let s1 = bias;
    let s2 = bias;
    let s3 = bias;
    const from = at + o * inputs;
    for (let i = 0; i < inputs; i++) {
      const weight = w[from + i]!;
      s0 += weight * x[x0 + i]!;
      s1 += weight * x[x1 + i]!;
      s2 += weight * x[x2 + i]!;
      s3 += weight * x[x3 + i]!;
    }
    out[to + o] = s0;
    out[to + outputs + o] = s1;
    out[to + 2 * outputs + o] = s2;
    out[to + 3 * outputs + o] = s3;
  }
};

/** `out` (`rows` × `inputs`) = `delta` (`rows` × `outputs`) · `weights` (`outputs` × `inputs`). */
export const productWithWeights = (
  delta: Float64Array,
  rows: number,
  outputs: number,
  weights: Block,
  inputs: number,
  out: Float64Array,
): void => {
  const { values: w, at } = weights;
  out.fill(0, 0, rows * inputs);
  for (let row = 0; row < rows; row++) {
    const to = row * inputs;
    let o = 0;
    for (; o + 3 < outputs; o += 4) {
      const d = row * outputs + o;
      const [d0, d1, d2, d3] = [delta[d]!, delta[d + 1]!, delta[d + 2]!, delta[d + 3]!];
      if (d0 === 0 && d1 === 0 && d2 === 0 && d3 === 0) continue;
      const w0 = at + o * inputs;
      for (let i = 0; i < inputs; i++) {
        const from = w0 + i;
        out[to + i]! +=
          d0 * w[from]! + d1 * w[from + inputs]! + d2 * w[from + 2 * inputs]! + d3 * w[from + 3 * inputs]!;
      }
    }
    for (; o < outputs; o++) {
      const d0 = delta[row * outputs + o]!;
      for (let i = 0; i < inputs; i++) out[to + i]! += d0 * w[at + o * inputs + i]!;
    }
  }
};

/** Of two outputs and four inputs: eight sums that stay in registers while the rows go by. */
const gradientTile = (
  delta: Float64Array,
  x: Block,
  rows: number,
  outputs: number,
  inputs: number,
  out: Float64Array,
  to: number,
  o: number,
  i: number,
): void => {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  let at = x.at + i;
  let d = o;
  for (let row = 0; row < rows; row++) {
    const da = delta[d]!;
    const db = delta[d + 1]!;
    const x0 = x.values[at]!;
    const x1 = x.values[at + 1]!;
    const x2 = x.values[at + 2]!;
    const x3 = x.values[at + 3]!;
    a0 += da * x0;
    a1 += da * x1;
    a2 += da * x2;
    a3 += da * x3;
    b0 += db * x0;
    b1 += db * x1;
    b2 += db * x2;
    b3 += db * x3;
    at += inputs;
    d += outputs;
  }
  const a = to + o * inputs + i;
  out[a] = a0;
  out[a + 1] = a1;
  out[a + 2] = a2;
  out[a + 3] = a3;
  const b = a + inputs;
  out[b] = b0;
  out[b + 1] = b1;
  out[b + 2] = b2;
  out[b + 3] = b3;
};

/** Of one output and one input. */
const gradientCell = (
  delta: Float64Array,
  o: number,
  outputs: number,
  x: Block,
  i: number,
  inputs: number,
  rows: number,
): number => {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += delta[row * outputs + o]! * x.values[x.at + row * inputs + i]!;
  return sum;
};

/** Of the last output, when their number is odd: the only one of a regression. */
const gradientOfLast = (
  delta: Float64Array,
  x: Block,
  rows: number,
  outputs: number,
  inputs: number,
  out: Float64Array,
  to: number,
): void => {
  const o = outputs - 1;
  const start = to + o * inputs;
  out.fill(0, start, start + inputs);
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const d = row * outputs + o;
    const [d0, d1, d2, d3] = [delta[d]!, delta[d + outputs]!, delta[d + 2 * outputs]!, delta[d + 3 * outputs]!];
    const x0 = x.at + row * inputs;
    for (let i = 0; i < inputs; i++) {
      const from = x0 + i;
      out[start + i]! +=
        d0 * x.values[from]! +
        d1 * x.values[from + inputs]! +
        d2 * x.values[from + 2 * inputs]! +
        d3 * x.values[from + 3 * inputs]!;
    }
  }
  for (; row < rows; row++) {
    const d0 = delta[row * outputs + o]!;
    for (let i = 0; i < inputs; i++) out[start + i]! += d0 * x.values[x.at + row * inputs + i]!;
  }
};

/**
 * Writes the gradient of a layer: `delta`ᵀ · `x` for the weights, the sums of `delta` for the biases.
 * @param delta `rows` × `outputs`
 * @param x `rows` × `inputs`
 */
export const layerGradient = (
  delta: Float64Array,
  x: Block,
  rows: number,
  outputs: number,
  inputs: number,
  gradient: Block,
): void => {
  const { values: g, at } = gradient;
  const tiledInputs = inputs - (inputs % 4);
  for (let o = 0; o + 1 < outputs; o += 2) {
    for (let i = 0; i < tiledInputs; i += 4) gradientTile(delta, x, rows, outputs, inputs, g, at, o, i);
    for (let i = tiledInputs; i < inputs; i++) {
      g[at + o * inputs + i] = gradientCell(delta, o, outputs, x, i, inputs, rows);
      g[at + (o + 1) * inputs + i] = gradientCell(delta, o + 1, outputs, x, i, inputs, rows);
    }
  }
  if (outputs % 2 === 1) gradientOfLast(delta, x, rows, outputs, inputs, g, at);
  for (let o = 0; o < outputs; o++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += delta[row * outputs + o]!;
    g[at + outputs * inputs + o] = sum;
  }
};
