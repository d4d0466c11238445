import type { Booster } from '../model/booster.ts';
import { Fields } from './fields.ts';
import { readDocument } from './read-document.ts';
import { readTree } from './read-tree.ts';
import { refuse } from './refusal.ts';

const objectives =
  /^(reg:(squarederror|linear|squaredlogerror|absoluteerror|quantileerror|tweedie|gamma|logistic|pseudohubererror)|binary:(logistic|logitraw|hinge)|multi:soft(prob|max)|count:poisson|rank:(pairwise|ndcg|map)|survival:cox)$/;

/** The trees, and for DART what each of them counts. */
const treesOf = (gradientBooster: Fields): { model: Fields; scale: (tree: number) => number } => {
  const name = gradientBooster.text('name');
  if (name === 'gbtree') return { model: gradientBooster.fields('model'), scale: () => 1 };
  if (name !== 'dart') {
    throw refuse(`its booster is "${name}"`, 'Train it with booster="gbtree" or "dart".');
  }
  const drops = gradientBooster.numbers('weight_drop');
  return { model: gradientBooster.fields('gbtree').fields('model'), scale: (tree) => drops[tree] ?? 1 };
};

const baseScoresOf = (text: string, groups: number): Float32Array => {
  const numbers = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map(Number);
  if (numbers.some((number) => !Number.isFinite(number)) || (numbers.length !== 1 && numbers.length !== groups)) {
    throw refuse(`its base score is "${text.slice(0, 100)}"`);
  }
  return Float32Array.from({ length: groups }, (_, group) => numbers[group] ?? (numbers[0] as number));
};

/** Where each round begins; models before XGBoost 2 leave it out. */
const roundsOf = (model: Fields, trees: number, treesPerRound: number): Int32Array => {
  const rounds = model.has('iteration_indptr')
    ? Int32Array.from(model.numbers('iteration_indptr'))
    : Int32Array.from({ length: Math.ceil(trees / treesPerRound) + 1 }, (_, round) =>
        Math.min(trees, round * treesPerRound),
      );
  const rises = rounds.every((first, round) => round === 0 || first >= (rounds[round - 1] as number));
  if (rounds[0] !== 0 || rounds.at(-1) !== trees || !rises) throw refuse('its rounds do not add up to its trees');
  return rounds;
};

/** More would take memory for sums out of a few bytes of file. */
const mostGroups = 100_000;
const mostFeatures = 1_000_000;

/**
 * Reads a model that XGBoost has saved as JSON or UBJSON (1.0 to 3.x), boosted trees or a forest. Everything is
 * checked: what is read can be predicted with.
 *
 * @throws Problem `booster-refused` with what is wrong and how to save the model anew: XGBoost's old binary format,
 *   pickles, linear boosters, leaves of several values, anything malformed
 */
export const readModel = (bytes: Uint8Array): Booster => {
  const learner = new Fields(readDocument(bytes), '').fields('learner');
  const parameters = learner.fields('learner_model_param');
  const objective = learner.fields('objective');
  const name = objective.text('name');
  if (!objectives.test(name))
    throw refuse(`its objective is "${name.slice(0, 100)}"`, 'Train it with another objective.');
  const features = parameters.count('num_feature', mostFeatures);
  const targets = parameters.has('num_target') ? parameters.count('num_target', mostGroups) : 1;
  const groups = Math.max(1, parameters.count('num_class', mostGroups), targets);

  const { model, scale } = treesOf(learner.fields('gradient_booster'));
  const list = model.list('trees');
  const treeGroups = Int32Array.from(model.numbers('tree_info'));
  if (treeGroups.length !== list.length) throw refuse('it has more or fewer trees than it says');
  if (treeGroups.some((group) => !(group >= 0 && group < groups))) throw refuse('a tree belongs to no output');
  const parallelTrees = Math.max(1, model.fields('gbtree_model_param').count('num_parallel_tree', 1e9));
  return {
    objective: { name, parameters: objective.others('name') },
    features,
    featureNames: learner.texts('feature_names'),
    featureTypes: learner.texts('feature_types'),
    groups,
    baseScore: baseScoresOf(parameters.text('base_score'), groups),
    trees: list.map((tree, index) => readTree(tree, features, scale(index))),
    treeGroups,
    rounds: roundsOf(model, list.length, groups * parallelTrees),
    parallelTrees,
    attributes: learner.has('attributes') ? learner.fields('attributes').allTexts() : {},
  };
};
