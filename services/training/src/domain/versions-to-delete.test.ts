import type { ModelVersion, Retention } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { versionsToDelete } from './versions-to-delete.ts';

const version = (number: number, rmse: number, change: Partial<ModelVersion> = {}) =>
  ({
    version: number,
    task: 'regression',
    metrics: { rmse, r2: rmse },
    champion: false,
    tags: {},
    ...change,
  }) as ModelVersion;

const given = (versions: ModelVersion[], rule: Retention) =>
  versionsToDelete(versions, rule).map((each) => each.version);

const five = [version(1, 0.1), version(2, 0.5), version(3, 0.2), version(4, 0.4), version(5, 0.3)];

test('the newest stay', () => {
  expect(given(five, { keepLast: 2 })).toEqual([3, 2, 1]);
});

test('the best stay, by the direction of the metric', () => {
  expect(given(five, { keepBest: 2 })).toEqual([5, 4, 2]);
  expect(given(five, { keepBest: 2, metric: 'r2' })).toEqual([5, 3, 1]);
});

test('with both rules what either keeps stays', () => {
  expect(given(five, { keepLast: 1, keepBest: 1 })).toEqual([4, 3, 2]);
});

test('the champion and what is tagged stay; an empty rule keeps all', () => {
  const versions = [version(1, 0.9, { champion: true }), version(2, 0.8, { tags: { keep: '' } }), ...five.slice(2)];

  expect(given(versions, { keepLast: 1 })).toEqual([4, 3]);
  expect(given(versions, {})).toEqual([]);
  expect(given([], { keepBest: 1 })).toEqual([]);
});
