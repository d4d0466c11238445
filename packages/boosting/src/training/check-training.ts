import { Problem } from '@bellwether/contracts';
import type { Parameters } from './parameters.ts';
import type { TrainOptions } from './train-options.ts';
import { groupsOf, type Labelled } from './workspace.ts';

const refuse = (detail: string, cure: string): never => {
  throw new Problem(422, 'training-data-refused', detail, { cure });
};

const lowestTarget: Partial<Record<Parameters['objective'], number>> = {
  'reg:squaredlogerror': -1,
  'binary:logistic': 0,
  'multi:softprob': 0,
  'count:poisson': 0,
  'reg:tweedie': 0,
};

const highestTarget = ({ objective, num_class }: Parameters): number => {
  if (objective === 'binary:logistic') return 1;
  return num_class > 0 ? num_class - 1 : Number.POSITIVE_INFINITY;
};

const checkTargets = ({ y }: Labelled, parameters: Parameters): void => {
  const low = lowestTarget[parameters.objective] ?? (parameters.num_class > 0 ? 0 : Number.NEGATIVE_INFINITY);
  const high = highestTarget(parameters);
  for (let row = 0; row < y.length; row++) {
    const target = y[row] as number;
    if (!Number.isFinite(target) || Math.abs(target) > 1e37)
      refuse(`Target ${target} of row ${row} is no number that can be learned.`, 'Leave the row out.');
    if (target < low || target > high) {
      refuse(
        `Target ${target} of row ${row} is outside of what ${parameters.objective} takes.`,
        'Choose another objective.',
      );
    }
    if (parameters.num_class > 0 && !Number.isInteger(target)) {
      refuse(`Target ${target} of row ${row} is no index of a class.`, 'Number the classes from 0.');
    }
  }
};

const checkRows = ({ x, y, weights }: Labelled): void => {
  if (x.rows === 0) refuse('There is nothing to learn from.', 'Give at least one row.');
  if (x.values.length !== x.rows * x.columns)
    refuse('The values do not fit rows and columns.', 'Give rows × columns values.');
  if (y.length !== x.rows) refuse(`There are ${y.length} targets of ${x.rows} rows.`, 'Give one target a row.');
  if (weights === undefined) return;
  if (weights.length !== x.rows)
    refuse(`There are ${weights.length} weights of ${x.rows} rows.`, 'Give one weight a row.');
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    if (!Number.isFinite(weight) || weight < 0)
      refuse(`Weight ${weight} of row ${row} is no weight.`, 'Weights are 0 or more.');
  }
};

/**
 * Refuses what cannot be learned from.
 * @throws Problem `training-data-refused`, `parameter-refused`
 */
export const checkTraining = ({ validation, ...training }: TrainOptions, parameters: Parameters): void => {
  const wrong = (field: string, detail: string, cure: string): never => {
    throw new Problem(422, 'parameter-refused', detail, { field, cure });
  };
  if (parameters.objective === 'multi:softprob' && groupsOf(parameters) < 2) {
    wrong('num_class', 'multi:softprob needs to know the number of classes.', 'Set num_class to 2 or more.');
  }
  if (parameters.early_stopping_rounds !== undefined && validation === undefined) {
    wrong('early_stopping_rounds', 'Early stopping needs rows to validate on.', 'Give validation rows.');
  }
  if (training.threads !== undefined && !(training.threads >= 1 && training.threads <= 64)) {
    wrong('threads', `${training.threads} threads are not possible.`, 'Choose 1 to 64.');
  }
  checkRows(training);
  checkTargets(training, parameters);
  if (validation === undefined) return;
  checkRows(validation);
  checkTargets(validation, parameters);
  if (validation.x.columns !== training.x.columns) {
    refuse('The validation rows have other columns.', 'Give the columns of the training rows.');
  }
};
