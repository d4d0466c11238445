import type { Rows } from '../matrix.ts';
import type { Booster } from '../model/booster.ts';
import { linkOf, scoreOfBase } from '../model/links.ts';
import { flattenTrees } from './flatten-trees.ts';
import { type BlockScorer, blockRows, createBlockScorer } from './score-block.ts';
import { createRowScorer } from './score-row.ts';

/** A compiled booster. It keeps scratch memory, so it belongs to one thread. */
export interface Predictor {
  /** columns of a row */
  readonly features: number;
  /** numbers that `score` writes a row */
  readonly groups: number;
  /** numbers that `predict` writes a row: `multi:softmax` gives a class instead of probabilities */
  readonly outputs: number;
  /** Writes the sums of leaves and base score of the row that starts at `x[from]`, from `out[at]` on. */
  readonly score: (x: ArrayLike<number>, from: number, out: Float32Array | Float64Array, at: number) => void;
  /** The same as predictions: probabilities, means, … */
  readonly predict: (x: ArrayLike<number>, from: number, out: Float32Array | Float64Array, at: number) => void;
  /** Scores of all rows, `groups` a row. */
  readonly scoreRows: (x: Rows) => Float32Array;
  /** Predictions of all rows, `outputs` a row. */
  readonly predictRows: (x: Rows) => Float32Array;
}

type Writer = (scores: Float32Array, at: number, out: Float32Array | Float64Array, to: number) => void;

const softmaxWriter =
  (groups: number): Writer =>
  (scores, at, out, to) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < groups; k++) highest = Math.max(highest, scores[at + k] as number);
    let sum = 0;
    for (let k = 0; k < groups; k++) {
      const power = Math.exp((scores[at + k] as number) - highest);
      out[to + k] = power;
      sum += power;
    }
    for (let k = 0; k < groups; k++) out[to + k] = (out[to + k] as number) / sum;
  };

const classWriter =
  (groups: number): Writer =>
  (scores, at, out, to) => {
    let best = 0;
    for (let k = 1; k < groups; k++) if ((scores[at + k] as number) > (scores[at + best] as number)) best = k;
    out[to] = best;
  };

const linkWriter = (groups: number, link: (score: number) => number): Writer => {
  return (scores, at, out, to) => {
    for (let k = 0; k < groups; k++) out[to + k] = link(scores[at + k] as number);
  };
};

const writerOf = (objective: string, groups: number): Writer => {
  if (objective === 'multi:softprob') return softmaxWriter(groups);
  if (objective === 'multi:softmax') return classWriter(groups);
  return linkWriter(groups, linkOf(objective));
};

/**
 * Compiles a booster for predictions of single rows and of many. Sums are made in float32 in the order of the trees:
 * for objectives whose predictions are scores they equal XGBoost's, bit for bit.
 */
export const createPredictor = (booster: Booster): Predictor => {
  const { features, groups, objective, baseScore } = booster;
  const trees = flattenTrees(booster);
  const start = baseScore.map((base) => scoreOfBase(objective.name, base));
  const scoreRow = createRowScorer(trees);
  const sums = new Float32Array(groups);
  const write = writerOf(objective.name, groups);
  const outputs = objective.name === 'multi:softmax' ? 1 : groups;
  const writeScores = linkWriter(groups, (score) => score);

  let block: BlockScorer | undefined;
  const scoreBlock: BlockScorer = (x, first, count, into) => {
    if (trees.categories === undefined) {
      block ??= createBlockScorer(trees, features, groups);
      return block(x, first, count, into);
    }
    for (let i = 0; i < count; i++) {
      scoreRow(x.values, (first + i) * x.columns, into.subarray(i * groups, (i + 1) * groups));
    }
  };
  const overRows = (x: Rows, width: number, writer: Writer): Float32Array => {
    const out = new Float32Array(x.rows * width);
    const scores = new Float32Array(blockRows * groups);
    for (let first = 0; first < x.rows; first += blockRows) {
      const count = Math.min(blockRows, x.rows - first);
      for (let i = 0; i < count; i++) scores.set(start, i * groups);
      scoreBlock(x, first, count, scores.subarray(0, count * groups));
      for (let i = 0; i < count; i++) writer(scores, i * groups, out, (first + i) * width);
    }
    return out;
  };
  const overRow = (writer: Writer): Predictor['score'] => {
    return (x, from, out, at) => {
      sums.set(start);
      scoreRow(x, from, sums);
      writer(sums, 0, out, at);
    };
  };
  return {
    features,
    groups,
    outputs,
    score: overRow(writeScores),
    predict: overRow(write),
    scoreRows: (x) => overRows(x, groups, writeScores),
    predictRows: (x) => overRows(x, outputs, write),
  };
};
