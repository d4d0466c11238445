import type { ModelVersion } from '@bellwether/contracts';
import { versionDocument } from '@bellwether/database';
import { versionRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { leaderboard } from './leaderboard.ts';

const version = (number: number, metrics: ModelVersion['metrics']): ModelVersion =>
  versionDocument(versionRow({ version: number, metrics: JSON.stringify(metrics) }), null);
const order = (...board: Parameters<typeof leaderboard>) => leaderboard(...board).map((entry) => entry.version);

test('a greater score comes first where greater is better, a smaller one elsewhere', () => {
  const versions = [version(1, { r2: 0.1, rmse: 9 }), version(2, { r2: 0.9, rmse: 1 })];

  expect([order(versions, 'r2', true), order(versions, 'rmse', false)]).toEqual([
    [2, 1],
    [2, 1],
  ]);
});

test('a negative score stands below a positive one', () => {
  expect(order([version(1, { r2: -3 }), version(2, { r2: 0.1 })], 'r2', true)).toEqual([2, 1]);
});

test('versions without the metric come last, and equal ones newest first', () => {
  const versions = [version(1, { rmse: 2 }), version(2, {}), version(3, { rmse: 2 }), version(4, {})];

  expect(order(versions, 'rmse', false)).toEqual([3, 1, 4, 2]);
});

test('among equals the champion comes first', () => {
  const champion = { ...version(1, { rmse: 2 }), champion: true };

  expect(order([champion, version(2, { rmse: 2 })], 'rmse', false)).toEqual([1, 2]);
});

test('the versions as given keep their order', () => {
  const versions = [version(1, { rmse: 2 }), version(2, { rmse: 1 })];

  leaderboard(versions, 'rmse', false);

  expect(versions.map((entry) => entry.version)).toEqual([1, 2]);
});
