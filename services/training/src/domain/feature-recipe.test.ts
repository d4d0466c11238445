import { expect, test } from '@jest/globals';
import { featureRecipe } from './feature-recipe.ts';

const orders = { name: 'orders', roles: '{"item":"product","timestamp":"day"}', recipe: null };
const aggregate = { kind: 'aggregate', item: 'product', date: 'day', period: 'week', values: [{ column: 'n' }] };
const lags = { kind: 'lags', periods: 2, item: 'product', date: 'day', column: 'n' };
const derived = (name: string, ...steps: object[]) => ({ name, roles: '{}', recipe: JSON.stringify({ steps }) });

test('the steps of all enrichments on the way stand in the order in which they were done', () => {
  const chain = [derived('weekly', lags), derived('grouped', aggregate), orders];
  expect(featureRecipe(chain, 'n')).toEqual({
    source: 'orders',
    roles: { item: 'product', timestamp: 'day' },
    steps: [aggregate, lags],
    target: 'n',
    item: 'product',
    timestamp: 'day',
    period: 'week',
  });
});

test('without an aggregation a row stands for no period', () => {
  expect(featureRecipe([derived('lagged', lags), orders], 'n')).toMatchObject({ item: 'product', timestamp: 'day' });
  expect(featureRecipe([derived('lagged', lags), orders], 'n')).not.toHaveProperty('period');
});

test('a dataset that no steps made has no recipe', () => {
  expect(featureRecipe([orders], 'n')).toBeUndefined();
  expect(
    featureRecipe([{ ...orders, recipe: '{"split":{"testFraction":0.2},"steps":[]}' }, orders], 'n'),
  ).toBeUndefined();
});
