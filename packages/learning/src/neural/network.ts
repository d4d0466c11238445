// biome-ignore-all lint/style/noNonNullAssertion: there is one buffer a layer
import { type Activation, activate, multiplyDerivative } from './activation.ts';
import type { Layer } from './layers.ts';
import { affine, type Block, layerGradient, productWithWeights } from './matrix-products.ts';

/** Turns the outputs of `rows` rows into the derivative of their loss, in place, and returns the loss. */
export type OutputLoss = (outputs: Float64Array, rows: number) => number;

export interface Network {
  /** The outputs of `rows` rows of `x`, in memory that the next call reuses. */
  readonly forward: (parameters: Float64Array, x: Block, rows: number) => Float64Array;
  /** Writes the gradient of the loss at these rows, and returns the loss. */
  readonly backward: (
    parameters: Float64Array,
    x: Block,
    rows: number,
    loss: OutputLoss,
    gradient: Float64Array,
  ) => number;
}

/**
 * A multilayer perceptron: affine maps with an activation between them, none after the last.
 * @param maxRows how many rows are given at a time, at most
 */
export const createNetwork = (layers: readonly Layer[], activation: Activation, maxRows: number): Network => {
  const units = layers.map(({ outputs }) => new Float64Array(maxRows * outputs));
  const deltas = layers.map(({ outputs }) => new Float64Array(maxRows * outputs));
  const last = layers.length - 1;

  const forward: Network['forward'] = (parameters, x, rows) => {
    let from = x;
    for (const [index, { inputs, outputs, at }] of layers.entries()) {
      const out = units[index]!;
      affine(from, rows, inputs, { values: parameters, at }, outputs, out);
      if (index < last) activate(activation, out, rows * outputs);
      from = { values: out, at: 0 };
    }
    return units[last]!;
  };

  const backward: Network['backward'] = (parameters, x, rows, loss, gradient) => {
    const outputs = forward(parameters, x, rows);
    const value = loss(outputs, rows);
    let delta = outputs;
    for (let index = last; index >= 0; index--) {
      const layer = layers[index]!;
      const from = index === 0 ? x : { values: units[index - 1]!, at: 0 };
      layerGradient(delta, from, rows, layer.outputs, layer.inputs, { values: gradient, at: layer.at });
      if (index === 0) break;
      const below = deltas[index - 1]!;
      productWithWeights(delta, rows, layer.outputs, { values: parameters, at: layer.at }, layer.inputs, below);
      multiplyDerivative(activation, units[index - 1]!, below, rows * layer.inputs);
      delta = below;
    }
    return value;
  };
  return { forward, backward };
};
