import { expect, test } from '@jest/globals';
import { type Contender, chooseChampion } from './choose-champion.ts';
import { errorOfDeath } from './trial-error.ts';

const rmse = { name: 'rmse', greaterIsBetter: false };
const accuracy = { name: 'accuracy', greaterIsBetter: true };

const candidate = (version: number, score: number, algorithm = 'linear'): Contender => ({
  version,
  kind: 'candidate',
  algorithm,
  test: score,
  position: version,
});
const validated = (version: number, validation: number, test: number): Contender => ({
  ...candidate(version, test),
  validation,
});
const champion = (version: number, score: number): Contender => ({ ...candidate(version, score), kind: 'champion' });

test('of the first versions the best is promoted, by the direction of the metric', () => {
  const contenders = [candidate(1, 0.5), candidate(2, 0.9), candidate(3, 0.7)];

  expect(chooseChampion(contenders, {}, accuracy)).toEqual({
    promote: 2,
    reason: 'linear has the best accuracy on the held-out rows: 0.9',
  });
  expect(chooseChampion(contenders, {}, rmse).promote).toBe(1);
});

test('at equal scores a model that looked at the inputs comes before the baseline', () => {
  expect(chooseChampion([candidate(1, 0.5, 'baseline'), candidate(2, 0.5, 'svm')], {}, rmse).promote).toBe(2);
});

test('at equal scores of two models the first of the plan is taken, whichever became a version first', () => {
  const late = { ...candidate(9, 0.5), position: 0 };

  expect(chooseChampion([candidate(3, 0.5), late], {}, rmse).promote).toBe(9);
});

test('a baseline that is better than all models is champion', () => {
  expect(chooseChampion([candidate(1, 0.5, 'baseline'), candidate(2, 0.6)], {}, rmse).promote).toBe(1);
});

test('a better version dethrones the champion', () => {
  const choice = chooseChampion([candidate(4, 0.3), champion(2, 0.4)], { present: 2 }, rmse);

  expect(choice).toEqual({
    promote: 4,
    reason: 'linear has the best rmse on the held-out rows: 0.3, against 0.4 of version 2',
  });
});

test.each([
  ['an equal', 0.4],
  ['a worse', 0.5],
])('%s version promotes nobody', (_, score) => {
  const choice = chooseChampion([candidate(4, score), champion(2, 0.4)], { present: 2 }, rmse);

  expect(choice.promote).toBeUndefined();
  expect(choice.reason).toMatch(/^version 2 stays: its rmse on the held-out rows is 0.4/);
});

test('the best on validation is the one that is compared, though another was luckier on the held-out rows', () => {
  const contenders = [validated(4, 0.2, 0.35), validated(5, 0.3, 0.1), champion(2, 0.4)];

  expect(chooseChampion(contenders, { present: 2 }, rmse)).toEqual({
    promote: 4,
    reason: 'linear has the best rmse on validation: 0.2, and on the held-out rows 0.35, against 0.4 of version 2',
  });
  expect(chooseChampion([...contenders, champion(3, 0.3)], { present: 3 }, rmse).promote).toBeUndefined();
});

test('a version that could not be validated comes after all that were', () => {
  expect(chooseChampion([candidate(1, 0.1), validated(2, 0.5, 0.6)], {}, rmse).promote).toBe(2);
});

test('a champion that nobody evaluated stays', () => {
  expect(chooseChampion([candidate(4, 0.1), champion(2, 0.4)], { present: 3 }, rmse)).toEqual({
    reason: 'version 3 stays: how good it is on the held-out rows is not known (it was not evaluated)',
  });
});

test('a champion that does not suit the table makes room', () => {
  const throne = { present: 2, error: 'column-missing: The table has no column "a".' };
  const choice = chooseChampion([candidate(4, 0.1)], throne, rmse);

  expect(choice.promote).toBe(4);
  expect(choice.reason).toMatch(/version 2 has no score on this table \(column-missing/);
});

test('a champion whose evaluation died stays: nobody knows that it is worse', () => {
  const throne = { present: 2, error: errorOfDeath('attempt 5: out of memory') };
  const choice = chooseChampion([candidate(4, 0.1)], throne, rmse);

  expect(choice.promote).toBeUndefined();
  expect(choice.reason).toMatch(/not known .*out of memory/);
});

test('without a new version nobody is promoted', () => {
  expect(chooseChampion([champion(2, 0.4)], { present: 2 }, rmse)).toEqual({
    reason: 'no trial succeeded',
  });
});
