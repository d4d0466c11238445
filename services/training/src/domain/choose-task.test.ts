import type { Column } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { chooseTask } from './choose-task.ts';

const column = (kind: Column['kind']): Column => ({ name: 'y', kind, nullable: false });
const taskOf = (kind: Column['kind'], distinct: number, rows = 1000) =>
  chooseTask(column(kind), { distinct }, rows, {}).task;

test('the task that was asked for is taken, whatever the table says', () => {
  const chosen = chooseTask(column('numeric'), { distinct: 900 }, 1000, { timestamp: 't' }, 'classification');

  expect(chosen).toEqual({ task: 'classification', why: 'as asked' });
});

test.each([
  ['timestamp', { timestamp: 'day' }, 'column day is the time'],
  ['item', { item: 'sku' }, 'column sku is the item'],
])('a role %s means regression, even of a boolean target', (_, roles, why) => {
  expect(chooseTask(column('boolean'), { distinct: 2 }, 1000, roles)).toEqual({ task: 'regression', why });
});

test('a role target alone decides nothing', () => {
  expect(chooseTask(column('text'), { distinct: 3 }, 1000, { target: 'y' }).task).toBe('classification');
});

test.each(['boolean', 'categorical', 'text', 'id-like'] as const)('a %s target is classified', (kind) => {
  expect(chooseTask(column(kind), { distinct: 500 }, 1000, {})).toEqual({
    task: 'classification',
    why: `the target is ${kind}`,
  });
});

test('whole numbers are classified with at most 20 distinct values', () => {
  expect([taskOf('integer', 20), taskOf('integer', 21)]).toEqual(['classification', 'regression']);
});

test('whole numbers are classified when their values make up at most 5 % of the rows', () => {
  expect([taskOf('integer', 3, 60), taskOf('integer', 3, 59)]).toEqual(['classification', 'regression']);
});

test('iris: three whole numbers in 150 rows are classes', () => {
  expect(chooseTask(column('integer'), { distinct: 3 }, 150, {}).why).toBe('the target has 3 distinct whole numbers');
});

test.each(['numeric', 'timestamp'] as const)('a %s target with few values is a regression', (kind) => {
  expect(taskOf(kind, 2)).toBe('regression');
});
