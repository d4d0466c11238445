export { readModel } from './format/read-model.ts';
export { type ModelFormat, writeModel } from './format/write-model.ts';
export type { Rows } from './matrix.ts';
export type { Booster, Objective, Tree } from './model/booster.ts';
export { createPredictor, type Predictor } from './prediction/create-predictor.ts';
export { ObjectiveName, Parameters } from './training/parameters.ts';
export { type TrainOptions, trainBooster } from './training/train-booster.ts';
