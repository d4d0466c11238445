export type { Rows } from './matrix.ts';
export type { Booster, Objective, Tree } from './model/booster.ts';
export { ObjectiveName, Parameters } from './training/parameters.ts';
export { type TrainOptions, trainBooster } from './training/train-booster.ts';
