import type { ModelDesign, Task } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import { checkSageMakerHyperparameters, trainingOrder } from './training-order.ts';

function designOf(task: Task, classes: number, hyperparameters: Record<string, unknown>, seed = 7): ModelDesign {
  return { design: { task, classes }, hyperparameters, manifest: { seed } } as unknown as ModelDesign;
}

test('hyperparameters pass under their names; what SageMaker has to be told besides is added', () => {
  const given = { num_round: 50, eta: 0.1, objective: 'reg:absoluteerror', monotone_constraints: [1, 0, -1] };

  expect(trainingOrder(designOf('regression', 0, given))).toEqual({
    num_round: '50',
    eta: '0.1',
    objective: 'reg:absoluteerror',
    monotone_constraints: '(1,0,-1)',
    tree_method: 'hist',
    eval_metric: 'mae',
    seed: '7',
  });
});

test.each([
  ['classification', 2, { objective: 'binary:logistic', eval_metric: 'logloss', scale_pos_weight: '2' }],
  ['classification', 3, { objective: 'multi:softprob', eval_metric: 'mlogloss', num_class: '3' }],
  ['regression', 0, { objective: 'reg:squarederror', eval_metric: 'rmse' }],
] as const)('the objective of a %s of %i classes, and what belongs to it alone', (task, classes, expected) => {
  const given = { scale_pos_weight: 2, tweedie_variance_power: 1.5, monotone_constraints: [], base_score: undefined };

  expect(trainingOrder(designOf(task, classes, given))).toEqual({ ...expected, tree_method: 'hist', seed: '7' });
});

test('a seed that SageMaker would not take becomes one that it does', () => {
  const { seed } = trainingOrder(designOf('regression', 0, {}, 0xffff_ffff));

  expect(Number(seed)).toBeLessThan(2 ** 31 - 1);
});

test.each([
  ['objective', { objective: 'reg:quantileerror' }, /the objective reg:quantileerror/],
  ['sampling_method', { sampling_method: 'poisson' }, /the hyperparameter sampling_method/],
])('%s that SageMaker does not have is refused, with its place', (name, given, message) => {
  expect(() => checkSageMakerHyperparameters(given)).toThrow(
    expect.objectContaining({
      code: 'sagemaker-hyperparameter',
      message: expect.stringMatching(message),
      options: expect.objectContaining({ field: `hyperparameters.${name}` }),
    }),
  );
});
