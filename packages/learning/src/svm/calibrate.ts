import { createRandom, type Random, shuffle } from '../numeric/random.ts';
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { classPairs, rowsOfPair } from './class-pairs.ts';
import { linearDecisions, rbfDecisions } from './decision-functions.ts';
import { collapseLinear } from './decision-sums.ts';
import type { ClassifierOptions } from './fit-classifier.ts';
import { fitPair, type PairWeights } from './fit-pair.ts';
import { gatherSupportVectors, takeRows } from './gather-support-vectors.ts';
import type { SvmOptions } from './options.ts';
import { fitSigmoid, type Sigmoid } from './platt-scaling.ts';

const folds = 5;

/** The decision value of any row by a model of these rows; their only sign when they are of one class. */
const fitDecision = (x: Matrix, signs: Int8Array, weights: PairWeights, options: SvmOptions) => {
  const [first = 0] = signs;
  if (signs.every((sign) => sign === first)) return (_values: Float64Array, _from: number) => first as number;
  const { alpha, rho, ...rest } = fitPair(x, signs, weights, options, () => {});
  const dense = alpha.map((value, row) => value * (signs[row] as number));
  const gathered = gatherSupportVectors(x, [dense], new Float64Array(x.rows));
  const support = { ...gathered, intercepts: Float64Array.of(-rho), classVectors: [], ...rest };
  const { kernel } = options;
  const decide =
    kernel.type === 'linear'
      ? linearDecisions(collapseLinear(support, x.columns), support.intercepts, x.columns)
      : rbfDecisions(support, gathered.rows.length, x.columns, kernel.gamma);
  const out = new Float64Array(1);
  return (values: Float64Array, from: number): number => {
    decide(values, from, out);
    return out[0] as number;
  };
};

const calibratePair = (
  x: Matrix,
  signs: Int8Array,
  weights: PairWeights,
  options: SvmOptions,
  random: Random,
): Sigmoid => {
  const order = Int32Array.from({ length: x.rows }, (_, row) => row);
  shuffle(order, random);
  const decisions = new Float64Array(x.rows);
  for (let fold = 0; fold < folds; fold++) {
    const [start, end] = [fold, fold + 1].map((edge) => Math.floor((edge * x.rows) / folds)) as [number, number];
    const learned = order.filter((_, at) => at < start || at >= end);
    const own = Int8Array.from(learned, (row) => signs[row] as number);
    const decide = fitDecision(takeRows(x, learned), own, weights, options);
    for (const row of order.subarray(start, end)) decisions[row] = decide(x.values, row * x.columns);
  }
  return fitSigmoid(decisions, signs);
};

/**
 * A sigmoid a pair of classes, from decision values of five-fold cross-validation, as LIBSVM's: those of the fit itself
 * would be far too sure.
 * @param onPair takes the number of pairs that are done
 * @returns slope and offset of each pair, one after the other
 */
export const calibrate = (
  x: Matrix,
  y: Float64Array,
  options: ClassifierOptions,
  seed: number,
  onPair: (done: number) => void,
): Float64Array => {
  const { classWeights } = options;
  const random = createRandom(seed);
  const pairs = classPairs(classWeights.length);
  const sigmoids = pairs.flatMap(([low, high], index) => {
    const { rows, signs } = rowsOfPair(y, [low, high]);
    const weights = { negative: classWeights[low] as number, positive: classWeights[high] as number };
    const { slope, offset } = calibratePair(takeRows(x, rows), signs, weights, options, random);
    onPair(index + 1);
    return [slope, offset];
  });
  return Float64Array.from(sigmoids);
};
