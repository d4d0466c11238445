import { type Booster, readModel, writeModel } from '@bellwether/boosting';
import { arrayTypeOf, invalidModel, type LearnedParameters } from '../learners/learned-parameters.ts';
import type { Shape } from '../learners/learner.ts';

/** XGBoost and SageMaker look for a file of this name in an artifact. */
const fileName = 'xgboost-model';

/** A booster as what a learner learned: one file that XGBoost reads in any language. */
export const parametersOf = (booster: Booster): LearnedParameters => ({
  values: {},
  arrays: { [fileName]: writeModel(booster, 'ubjson') },
});

/** How many rounds of boosting a model has. */
export const roundsOf = ({ arrays }: LearnedParameters): number => {
  const booster = readModel(arrays[fileName] as Uint8Array);
  return booster.rounds.length - 1;
};

/**
 * The booster of a model, checked to have these groups of scores.
 * @throws Problem `model-invalid`, or `booster-refused` for a file that is no model of XGBoost's
 */
export const boosterOf = ({ arrays }: LearnedParameters, { features }: Shape, groups: number): Booster => {
  const file = arrays[fileName];
  if (file === undefined || arrayTypeOf(file) !== 'u8') throw invalidModel(`it holds no file "${fileName}"`);
  const booster = readModel(file as Uint8Array);
  // XGBoost counts only the features that it has seen in a split or in its training data
  if (booster.features > features || booster.groups !== groups) {
    throw invalidModel(
      `its trees are of ${booster.features} features and ${booster.groups} outputs, not ${features} and ${groups}`,
    );
  }
  return booster;
};
