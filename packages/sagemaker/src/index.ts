export { xgboostImage } from './image.ts';
export { jobName } from './job-name.ts';
export { openSageMaker, type SageMaker } from './open-sagemaker.ts';
export type { Busy } from './refusal.ts';
export { SageMakerError } from './sagemaker-error.ts';
export { type SageMakerSettings, type SageMakerVariables, sageMakerSettings } from './settings.ts';
export type { TrainingOrder, TrainingState } from './training-jobs.ts';
export type { ModelOrder, TransformOrder, TransformState } from './transform-jobs.ts';
