// biome-ignore-all lint/style/noNonNullAssertion: offsets follow from the sizes
import type { Random } from '../numeric/random.ts';

/** One affine map: its weights (`outputs` × `inputs`, row-major) and then its biases lie from `at` on. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly at: number;
}

/** Layers of a network with these widths, from inputs to outputs; all parameters lie in one array. */
export const layersOf = (widths: readonly number[]): readonly Layer[] => {
  let at = 0;
  return widths.slice(1).map((outputs, index) => {
    const layer = { inputs: widths[index]!, outputs, at };
    at += outputs * (layer.inputs + 1);
    return layer;
  });
};

/** How many numbers the layers' parameters are. */
export const parameterCount = (layers: readonly Layer[]): number =>
  layers.reduce((sum, { inputs, outputs }) => sum + outputs * (inputs + 1), 0);

/**
 * Weights to start from, uniform within ±√(factor / (inputs + outputs)), with factor 6 (Glorot and Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks", 2010), as scikit-learn has it.
 */
export const initialParameters = (layers: readonly Layer[], random: Random): Float64Array => {
  const parameters = new Float64Array(parameterCount(layers));
  for (const { inputs, outputs, at } of layers) {
    const bound = Math.sqrt(6 / (inputs + outputs));
    for (let i = 0; i < outputs * (inputs + 1); i++) parameters[at + i] = bound * (2 * random() - 1);
  }
  return parameters;
};
