import { Problem } from '@bellwether/contracts';
import { createRandom, type Random, shuffle } from '../numeric/random.ts';
import type { Matrix } from '../preprocessing/encode-frame.ts';
import type { Activation } from './activation.ts';
import { createAdam } from './adam.ts';
import { createEarlyStopping } from './early-stopping.ts';
import { gatherInto, gatherRows, type Rows } from './gather-rows.ts';
import { initialParameters, type Layer, layersOf } from './layers.ts';
import { createNetwork, type Network } from './network.ts';
import type { LossOf } from './output-loss.ts';

export interface TrainingOptions {
  /** widths of the hidden layers */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly learningRate: number;
  /** strength of the L2 penalty beside the sum of all rows' losses, as in ridge regression */
  readonly alpha: number;
  readonly batchSize: number;
  readonly maxEpochs: number;
  /** epochs without a better loss, after which training stops */
  readonly patience: number;
  /** share of the rows whose loss decides when to stop */
  readonly validationFraction: number;
  readonly seed: number;
  readonly onProgress: (fraction: number) => void;
}

export interface TrainedNetwork {
  readonly parameters: Float64Array;
  readonly epochs: number;
  /** the loss that decided when to stop */
  readonly loss: number;
}

/** How often a training whose loss became infinite or NaN starts again with half the learning rate. */
const maxHalvings = 8;
/** Steps a pass, at least: a small table in one batch would need thousands of passes. */
const leastSteps = 10;
/** A smaller validation part says too little: the training rows' own loss decides then. */
const leastValidationRows = 10;

const splitRows = (rows: number, fraction: number, random: Random) => {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, random);
  const count = Math.floor(rows * fraction);
  if (count < leastValidationRows) return { learned: order, validated: order };
  return { learned: order.slice(count), validated: order.slice(0, count) };
};

/** Adds the gradient of rate/2 ‖weights‖²; biases are free. */
const addPenalty = (layers: readonly Layer[], parameters: Float64Array, gradient: Float64Array, rate: number): void => {
  for (const { inputs, outputs, at } of layers) {
    for (let i = at; i < at + inputs * outputs; i++) {
      gradient[i] = (gradient[i] as number) + rate * (parameters[i] as number);
    }
  }
};

const meanLoss = (network: Network, parameters: Float64Array, rows: Rows, lossOf: LossOf, batch: number): number => {
  const count = rows.y.length;
  const columns = rows.x.length / count;
  let sum = 0;
  for (let start = 0; start < count; start += batch) {
    const size = Math.min(batch, count - start);
    const outputs = network.forward(parameters, { values: rows.x, at: start * columns }, size);
    sum += lossOf(rows.y.subarray(start))(outputs, size) * size;
  }
  return sum / count;
};

/** Undefined when a loss was not finite. */
const descend = (x: Matrix, y: Float64Array, lossOf: LossOf, options: TrainingOptions): TrainedNetwork | undefined => {
  const { batchSize, maxEpochs, alpha, learningRate } = options;
  const random = createRandom(options.seed);
  const layers = layersOf([x.columns, ...options.hidden, options.outputs]);
  const parameters = initialParameters(layers, random);
  const { learned, validated } = splitRows(x.rows, options.validationFraction, random);
  const order = learned.slice();
  const validation = gatherRows(x, y, validated);
  const network = createNetwork(layers, options.activation, batchSize);
  const gradient = new Float64Array(parameters.length);
  const step = createAdam(parameters.length);
  const batch: Rows = { x: new Float64Array(batchSize * x.columns), y: new Float64Array(batchSize) };
  const loss = lossOf(batch.y);
  const stopping = createEarlyStopping(options.patience, parameters);
  let epochs = 0;
  while (epochs < maxEpochs && !stopping.isOver()) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += batchSize) {
      const rows = order.subarray(start, start + batchSize);
      gatherInto(x, y, rows, batch);
      network.backward(parameters, { values: batch.x, at: 0 }, rows.length, loss, gradient);
      addPenalty(layers, parameters, gradient, alpha / order.length);
      step(parameters, gradient, learningRate);
    }
    epochs++;
    const reached = meanLoss(network, parameters, validation, lossOf, batchSize);
    if (!Number.isFinite(reached)) return undefined;
    stopping.observe(reached, parameters);
    options.onProgress(epochs / maxEpochs);
  }
  return { ...stopping.best(), epochs };
};

/**
 * Fits a multilayer perceptron by mini-batches and Adam, and keeps the parameters with the least loss on the
 * validation part.
 * @param y what `lossOf` compares with, one number a row
 * @throws Problem `training-diverged`
 */
export const trainNetwork = (x: Matrix, y: Float64Array, lossOf: LossOf, options: TrainingOptions): TrainedNetwork => {
  const batchSize = Math.min(options.batchSize, Math.ceil(x.rows / leastSteps));
  for (let halvings = 0; halvings <= maxHalvings; halvings++) {
    const learningRate = options.learningRate / 2 ** halvings;
    const trained = descend(x, y, lossOf, { ...options, batchSize, learningRate });
    if (trained !== undefined) return trained;
  }
  throw new Problem(422, 'training-diverged', 'The loss of the network grew beyond all bounds.', {
    field: 'hyperparameters.learningRate',
    cure: 'Choose a lower learning rate.',
  });
};
