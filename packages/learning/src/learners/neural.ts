import { z } from 'zod';
import { softmax } from '../linear/logistic.ts';
import { Activation } from '../neural/activation.ts';
import { layersOf, parameterCount } from '../neural/layers.ts';
import { createNetwork } from '../neural/network.ts';
import { crossEntropy, squaredError } from '../neural/output-loss.ts';
import { trainNetwork } from '../neural/train-network.ts';
import { densePreparation } from '../preprocessing/preparation.ts';
import { centerAndScale } from '../preprocessing/statistics.ts';
import { ClassWeight, classWeightsOf } from './class-weights.ts';
import { float64Parameter, type LearnedParameters, parsedValues } from './learned-parameters.ts';
import { type Design, defineLearner, type FitContext, type Scorer, type Shape } from './learner.ts';

const hyperparameters = z.strictObject({
  layers: z.int().min(1).max(8).default(1).meta({ description: 'Number of hidden layers, 1 to 8' }),
  units: z.int().min(1).max(1024).default(100).meta({ description: 'Units of each hidden layer, 1 to 1024' }),
  activation: Activation.default('relu').meta({ description: 'Activation of hidden units: "relu" or "tanh"' }),
  learningRate: z.number().positive().max(1).default(1e-3).meta({ description: 'Learning rate of Adam, 0 to 1' }),
  alpha: z
    .number()
    .nonnegative()
    .default(2)
    .meta({ description: 'Strength of the L2 penalty beside the sum of the losses, 0 or more' }),
  batchSize: z
    .int()
    .positive()
    .max(10_000)
    .default(200)
    .meta({ description: 'Rows a step, 1 to 10000; a tenth of the rows where that is less' }),
  maxEpochs: z
    .int()
    .positive()
    .max(10_000)
    .default(200)
    .meta({ description: 'Passes over the rows at which fitting stops anyway, 1 to 10000' }),
  patience: z
    .int()
    .positive()
    .default(10)
    .meta({ description: 'Passes without a better loss on the validation part, after which fitting stops' }),
  validationFraction: z
    .number()
    .nonnegative()
    .max(0.5)
    .default(0.1)
    .meta({ description: 'Share of the rows that decide when to stop, 0 (their own loss decides) to 0.5' }),
  classWeight: ClassWeight,
});

/** What is learned besides the weights; a regression is fitted on the standardised target, and scaled back. */
const Values = z.strictObject({
  hidden: z.array(z.int().min(1).max(1024)).min(1).max(8),
  activation: Activation,
  targetCenter: z.number(),
  targetScale: z.number().positive(),
  epochs: z.int(),
  validationLoss: z.number(),
});

const outputsOf = ({ task, classes }: Pick<Shape, 'task' | 'classes'>): number => (task === 'regression' ? 1 : classes);

const fit = (
  design: Design,
  { layers, units, classWeight, ...options }: z.output<typeof hyperparameters>,
  { seed, onProgress }: FitContext,
): LearnedParameters => {
  const { task, x, y, classes } = design;
  const hidden = Array<number>(layers).fill(units);
  const target = task === 'regression' ? centerAndScale(y) : { center: 0, scale: 1 };
  const scaled = task === 'regression' ? y.map((value) => (value - target.center) / target.scale) : y;
  const lossOf = task === 'regression' ? squaredError : crossEntropy(classes, classWeightsOf(design, classWeight));
  const outputs = outputsOf(design);
  // all weights zero: the constant target, exactly
  const trained = y.every((value) => value === y[0])
    ? { parameters: new Float64Array(parameterCount(layersOf([x.columns, ...hidden, outputs]))), epochs: 0, loss: 0 }
    : trainNetwork(x, scaled, lossOf, { ...options, hidden, outputs, seed, onProgress });
  const values: z.output<typeof Values> = {
    hidden,
    activation: options.activation,
    targetCenter: target.center,
    targetScale: target.scale,
    epochs: trained.epochs,
    validationLoss: trained.loss,
  };
  return { values, arrays: { weights: trained.parameters } };
};

const createScorer = (parameters: LearnedParameters, shape: Shape): Scorer => {
  const { hidden, activation, targetCenter, targetScale } = parsedValues(parameters, Values);
  const width = outputsOf(shape);
  const layers = layersOf([shape.features, ...hidden, width]);
  const weights = float64Parameter(parameters, 'weights', parameterCount(layers));
  const network = createNetwork(layers, activation, 1);
  if (shape.task === 'regression') {
    return {
      output: 'value',
      width,
      score: (x, from, out, at) => {
        const [value] = network.forward(weights, { values: x, at: from }, 1);
        out[at] = (value as number) * targetScale + targetCenter;
      },
    };
  }
  return {
    output: 'probabilities',
    width,
    score: (x, from, out, at) => {
      out.set(network.forward(weights, { values: x, at: from }, 1), at);
      softmax(out, at, width);
    },
  };
};

/** Multilayer perceptron on standardised inputs, by Adam with early stopping. */
export const neural = defineLearner({
  algorithm: 'neural',
  description: 'Neural network (multilayer perceptron) with early stopping, on standardised inputs.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  hyperparameters,
  searchSpace: () => ({
    layers: { kind: 'int', low: 1, high: 3 },
    units: { kind: 'int', low: 16, high: 256, log: true },
    activation: { kind: 'choice', values: ['relu', 'tanh'] },
    learningRate: { kind: 'float', low: 3e-4, high: 3e-2, log: true },
    alpha: { kind: 'float', low: 1e-2, high: 1e2, log: true },
    batchSize: { kind: 'choice', values: [32, 64, 128, 256] },
  }),
  fit,
  predictor: createScorer,
});
