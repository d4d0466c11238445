import type { TrainingRequest } from '@bellwether/contracts';
import type { TrainingPlan } from './plan-training.ts';

/** A training request with what was chosen where it said nothing, and why the task is what it is. */
export interface DecidedRequest extends TrainingRequest {
  readonly taskReason?: string;
}

/** Fills a request in from its plan. Planned again, it gives the same plan. */
export function decidedRequest(request: DecidedRequest, plan: TrainingPlan): DecidedRequest {
  return {
    ...request,
    target: plan.target.name,
    task: plan.task,
    taskReason: request.taskReason ?? plan.taskReason,
    metric: plan.metric,
    candidates: plan.candidates.map(({ algorithm, hyperparameters, trials }) => ({
      algorithm,
      hyperparameters,
      // Said once more where it is one: with a budget, who says nothing would be given a share again.
      ...(trials > 1 || request.budget !== undefined || request.search !== undefined ? { search: { trials } } : {}),
    })),
    validation: { folds: plan.folds },
    seed: request.seed ?? 0,
  };
}
