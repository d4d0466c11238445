import { expect, test } from '@jest/globals';
import { categorical, frameOf, numeric } from '../../test/oracle.ts';
import { splitHoldout, validationFolds } from '../index.ts';

const indices = (count: number) => Array.from({ length: count }, (_, i) => i);
const sorted = (rows: Iterable<number>) => [...rows].toSorted((a, b) => a - b);

/** `count` different rows; every tenth is of the rare class, and time runs backwards. */
const table = (count: number) =>
  frameOf(
    numeric(
      'a',
      indices(count).map((i) => i / 7),
    ),
    categorical(
      'class',
      indices(count).map((i) => (i % 10 === 0 ? 'rare' : 'usual')),
    ),
    numeric(
      'time',
      indices(count).map((i) => count - i),
    ),
  );

const classes = { target: 'class', task: 'classification', folds: 3 } as const;
const values = { target: 'a', task: 'regression', folds: 4 } as const;

test('each training row is held out once, and trains in all other folds', () => {
  const frame = table(200);
  const { training } = splitHoldout(frame, { target: 'a' });
  const folds = validationFolds(frame, training, values);

  expect(folds).toHaveLength(4);
  expect(sorted(folds.flatMap(({ holdout }) => [...holdout]))).toEqual([...training]);
  for (const fold of folds) expect(sorted([...fold.training, ...fold.holdout])).toEqual([...training]);
});

test('the folds hold equal shares of the rows and of each class', () => {
  const frame = table(300);
  const folds = validationFolds(frame, Int32Array.from(indices(300)), classes);

  const rare = folds.map(({ holdout }) => holdout.filter((row) => row % 10 === 0).length);
  expect(folds.map(({ holdout }) => holdout.length)).toEqual([100, 100, 100]);
  expect(rare).toEqual([10, 10, 10]);
});

test('equal rows are in one fold: a model must not be scored on what it has learned', () => {
  const frame = frameOf(
    numeric(
      'a',
      indices(120).map((i) => i % 30),
    ),
  );
  const folds = validationFolds(frame, Int32Array.from(indices(120)), values);

  for (const { training, holdout } of folds) {
    const learned = new Set([...training].map((row) => row % 30));
    expect([...holdout].filter((row) => learned.has(row % 30))).toEqual([]);
  }
});

test('with a time there is one fold, the last fifth of the training rows', () => {
  const frame = table(100);
  const { training } = splitHoldout(frame, { target: 'a', timestamp: 'time' });
  const folds = validationFolds(frame, training, { ...values, timestamp: 'time' });

  expect(training).toHaveLength(80);
  expect(folds).toHaveLength(1);
  expect([...(folds[0]?.holdout ?? [])]).toEqual(indices(100).slice(20, 36));
});

test('the same rows in another order have the same folds', () => {
  const frame = table(60);
  const reversed = frameOf(
    numeric(
      'a',
      indices(60).map((i) => (59 - i) / 7),
    ),
    categorical(
      'class',
      indices(60).map((i) => ((59 - i) % 10 === 0 ? 'rare' : 'usual')),
    ),
    numeric(
      'time',
      indices(60).map((i) => i + 1),
    ),
  );
  const all = Int32Array.from(indices(60));

  const folds = validationFolds(frame, all, classes).map(({ holdout }) => [...holdout]);
  const others = validationFolds(reversed, all, classes).map(({ holdout }) =>
    sorted([...holdout].map((row) => 59 - row)),
  );

  expect(others).toEqual(folds);
});

test.each([
  ['fewer than two rows a fold', frameOf(numeric('a', [1, 2, 3, 4, 5])), 5],
  ['only equal rows', frameOf(numeric('a', Array(20).fill(1))), 20],
])('%s make no folds', (_, frame, count) => {
  expect(validationFolds(frame, Int32Array.from(indices(count)), { ...values, folds: 3 })).toEqual([]);
});
