import { expect, test } from '@jest/globals';
import { chooseItemModel } from './choose-item-model.ts';

const champion = (model: string, tags: object = {}) => ({
  model,
  version: 1,
  recipe: '{}',
  tags: JSON.stringify(tags),
});
const features = (model: string, promoted_at: number) => ({ model, promoted_at });

test('the model whose champion is tagged as the default for items comes before any other', () => {
  const champions = [champion('a'), champion('b', { default: 'items' })];
  expect(chooseItemModel(champions, [features('a', 2000), features('b', 1000)])).toBe('b');
  expect(chooseItemModel(champions, [features('a', 2000)])).toBe('b');
});

test('a tag of an earlier version counts until the champion of another model has it', () => {
  const known = [features('a', 2000), features('b', 1000)];
  expect(chooseItemModel([champion('a'), champion('b')], known, ['deleted', 'b'])).toBe('b');
  expect(chooseItemModel([champion('a', { default: 'items' }), champion('b')], known, ['b'])).toBe('a');
});

test('without a tag it is the one that was promoted last, of those that are still there', () => {
  const known = [features('a', 2000), features('b', 1000), features('deleted', 3000)];
  expect(chooseItemModel([champion('a'), champion('b')], known)).toBe('a');
});

test('while no features are there it is the first, and without champions there is none', () => {
  expect(chooseItemModel([champion('a'), champion('b')], [])).toBe('a');
  expect(chooseItemModel([], [features('a', 1)])).toBeUndefined();
});
