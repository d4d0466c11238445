import { classPairs } from '../svm/class-pairs.ts';
import { coupleProbabilities, createCouplingScratch } from '../svm/couple-probabilities.ts';
import { type DecisionFunctions, writeVotes } from '../svm/decision-functions.ts';
import { probabilityOf } from '../svm/platt-scaling.ts';
import type { Scorer } from './learner.ts';

/** Each pair's decision is a vote; of two classes it is the score itself. */
export const pairVotes = (decide: DecisionFunctions, classes: number): Scorer => {
  const pairs = classPairs(classes);
  const decisions = new Float64Array(pairs.length);
  if (classes === 2) {
    return {
      output: 'decision',
      width: 1,
      score: (x, from, out, at) => {
        decide(x, from, decisions);
        out[at] = decisions[0] as number;
      },
    };
  }
  return {
    output: 'decision',
    width: classes,
    score: (x, from, out, at) => {
      decide(x, from, decisions);
      writeVotes(decisions, pairs, classes, out, at);
    },
  };
};

/**
 * Probabilities by the pairs' sigmoids. The predicted label is the most probable one, and so may differ from the one
 * that has most votes.
 * @param sigmoids slope and offset of each pair
 */
export const pairProbabilities = (decide: DecisionFunctions, sigmoids: Float64Array, classes: number): Scorer => {
  const decisions = new Float64Array(sigmoids.length / 2);
  const scratch = createCouplingScratch(classes);
  return {
    output: 'probabilities',
    width: classes,
    score: (x, from, out, at) => {
      decide(x, from, decisions);
      for (let pair = 0; pair < decisions.length; pair++) {
        const sigmoid = { slope: sigmoids[2 * pair] as number, offset: sigmoids[2 * pair + 1] as number };
        decisions[pair] = probabilityOf(sigmoid, decisions[pair] as number);
      }
      if (classes === 2) {
        out[at] = 1 - (decisions[0] as number);
        out[at + 1] = decisions[0] as number;
      } else coupleProbabilities(decisions, classes, scratch, out, at);
    },
  };
};
