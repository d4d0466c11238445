import { Problem } from '@bellwether/contracts';
import type { Hyperparameters, ModelDesign, Task } from '@bellwether/learning';

/** Objectives of the built-in XGBoost that are ours too, and by which of its metrics it may stop early. */
const metricOf: Readonly<Record<string, string>> = {
  'reg:squarederror': 'rmse',
  'reg:squaredlogerror': 'rmsle',
  'reg:absoluteerror': 'mae',
  'binary:logistic': 'logloss',
  'multi:softprob': 'mlogloss',
  'count:poisson': 'poisson-nloglik',
  // Its own metric needs a power in its name, which SageMaker does not take.
  'reg:tweedie': 'rmse',
};

/** What SageMaker's XGBoost takes of our hyperparameters, under the same names. Anything else would fail its job. */
const taken = new Set([
  'alpha',
  'base_score',
  'colsample_bynode',
  'colsample_bytree',
  'early_stopping_rounds',
  'eta',
  'gamma',
  'lambda',
  'max_bin',
  'max_delta_step',
  'max_depth',
  'min_child_weight',
  'monotone_constraints',
  'num_parallel_tree',
  'num_round',
  'objective',
  'scale_pos_weight',
  'subsample',
  'tweedie_variance_power',
]);

/** SageMaker takes seeds below 2³¹ - 1. */
const seedRange = 2 ** 31 - 2;

/**
 * Refuses hyperparameters that SageMaker's XGBoost does not have, before a job is made for them.
 *
 * @throws Problem `sagemaker-hyperparameter` naming the first
 */
export function checkSageMakerHyperparameters(hyperparameters: Hyperparameters): void {
  for (const [name, value] of Object.entries(hyperparameters)) {
    if (value === undefined || value === null) continue;
    if (name === 'objective' && !(String(value) in metricOf)) throw refused(`the objective ${value}`, name);
    if (!taken.has(name)) throw refused(`the hyperparameter ${name}`, name);
  }
}

function refused(what: string, name: string): Problem {
  return new Problem(422, 'sagemaker-hyperparameter', `SageMaker’s XGBoost does not have ${what}.`, {
    field: `hyperparameters.${name}`,
    cure: 'Leave it out, or ask for backend "local".',
  });
}

/** What only one objective knows; another would say in its log that it is not used. */
const objectiveOfName: Readonly<Record<string, string>> = {
  scale_pos_weight: 'binary:logistic',
  tweedie_variance_power: 'reg:tweedie',
};

/** The hyperparameters of a training job, as strings. */
export function trainingOrder({ design, hyperparameters, manifest }: ModelDesign): Record<string, string> {
  checkSageMakerHyperparameters(hyperparameters);
  const objective = objectiveFor(design.task, design.classes, hyperparameters.objective);
  const given = Object.entries(hyperparameters).flatMap(([name, value]) => {
    const text = (objectiveOfName[name] ?? objective) === objective ? textOf(name, value) : undefined;
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    ...Object.fromEntries(given),
    objective,
    // The only method of ours, and the one that constraints need to be named.
    tree_method: 'hist',
    eval_metric: metricOf[objective] ?? 'rmse',
    seed: String(manifest.seed % seedRange),
    ...(objective.startsWith('multi:') ? { num_class: String(design.classes) } : {}),
  };
}

function objectiveFor(task: Task, classes: number, asked: unknown): string {
  if (task === 'regression') return String(asked ?? 'reg:squarederror');
  return classes > 2 ? 'multi:softprob' : 'binary:logistic';
}

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (name !== 'monotone_constraints') return String(value);
  const constraints = value as readonly number[];
  return constraints.length === 0 ? undefined : `(${constraints.join(',')})`;
}
