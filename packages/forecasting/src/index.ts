export type { Predictor, PredictorOptions } from './predictors/predictor.ts';
