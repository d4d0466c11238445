export { loadModel } from './artifact/load-model.ts';
export { maxArtifactBytes } from './artifact/parameters-index.ts';
export { saveModel } from './artifact/save-model.ts';
export type { LearnedParameters } from './learners/learned-parameters.ts';
export type { Design, Hyperparameters, Learner } from './learners/learner.ts';
export {
  type HyperparameterFault,
  type ParsedHyperparameters,
  parseHyperparameters,
} from './learners/parse-hyperparameters.ts';
export { algorithms, learnerOf } from './learners/registry.ts';
export { evaluate, type Metrics } from './metrics/evaluate.ts';
export { defaultMetric, isBetter, type MetricSpec, metricSpecs } from './metrics/metric-specs.ts';
export { createPredictor, type Predictor, type PredictorResult } from './model/create-predictor.ts';
export type { Explanation } from './model/explain-instance.ts';
export { fitIntervals, type ScoredRows, type UnseenRows } from './model/fit-intervals.ts';
export { designModel, type FitModelOptions, fitModel, type ModelDesign } from './model/fit-model.ts';
export { createIntervals, type Interval } from './model/intervals.ts';
export { Manifest } from './model/manifest.ts';
export type { Model } from './model/model.ts';
export { predictionsOf, predictRows } from './model/predict-rows.ts';
export {
  type ClassificationPredictions,
  type Predictions,
  type RegressionPredictions,
  truthOf,
} from './model/predictions.ts';
export { createFrameEncoder, encodeRows, type FrameEncoder, type Matrix } from './preprocessing/encode-frame.ts';
export { createInstanceEncoder, type InstanceEncoder } from './preprocessing/encode-instance.ts';
export { type Encoding, FittedInput } from './preprocessing/encoding.ts';
export { fitPreprocessing, type PreprocessingOptions } from './preprocessing/fit-preprocessing.ts';
export { Label, maxClasses } from './preprocessing/fit-target.ts';
export { featureNames } from './preprocessing/layout.ts';
export { densePreparation, type Preparation } from './preprocessing/preparation.ts';
export { proposeTrials, type SearchTrial } from './search/propose-trials.ts';
export type { SearchDimension, SearchFacts, SearchSpace } from './search/search-space.ts';
export { hashRows } from './split/row-hash.ts';
export { type Split, type SplitOptions, splitHoldout } from './split/split-holdout.ts';
export { type FoldOptions, validationFolds } from './split/validation-folds.ts';
export type { Task } from './task.ts';
