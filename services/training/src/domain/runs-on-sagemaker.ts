import type { TrialTable } from '@bellwether/database';
import type { TrainingPlan } from './plan-training.ts';

/** Algorithms that the built-in XGBoost of SageMaker trains as ours does. */
export const sageMakerAlgorithms: readonly string[] = ['xgboost'];

/** Whether a trial has a job on SageMaker. All others of its job run here: SageMaker has no better place for them. */
export function runsOnSageMaker(
  { backend }: Pick<TrainingPlan, 'backend'>,
  { kind, algorithm }: Pick<TrialTable, 'kind' | 'algorithm'>,
): boolean {
  return backend === 'sagemaker' && kind === 'candidate' && sageMakerAlgorithms.includes(algorithm);
}
