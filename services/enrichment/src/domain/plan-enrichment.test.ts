import { type Column, EnrichmentRequest, Name, type Problem, type Roles } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import { planEnrichment } from './plan-enrichment.ts';

const column = (name: string): Column => ({ name, kind: 'numeric', nullable: false });

function plan(request: z.input<typeof EnrichmentRequest>, roles: Roles = {}, name = 'plane', names = ['t', 'x', 'y']) {
  let ids = 0;
  const table = { name, columns: names.map(column), roles };
  return planEnrichment(EnrichmentRequest.parse(request), table, () => `ds_${++ids}`);
}

function refused(...args: Parameters<typeof plan>) {
  try {
    plan(...args);
  } catch (error) {
    const { code, options } = error as Problem;
    return { code, ...options };
  }
  throw new Error('it was planned');
}

const select = (...columns: string[]) => ({ kind: 'select' as const, columns });

test('without a split there is one output, with the name and the roles of the dataset', () => {
  expect(plan({}, { target: 'y' })).toEqual({
    steps: [],
    outputs: [{ part: 'enriched', datasetId: 'ds_1', name: 'plane', roles: { target: 'y' } }],
  });
});

test('steps follow each other: the second sees what the first left', () => {
  expect(plan({ steps: [select('y', 'x', 'y'), select('x')] }).steps).toEqual([select('y', 'x'), select('x')]);
  expect(refused({ steps: [select('x'), select('y')] })).toMatchObject({
    code: 'column-missing',
    field: 'steps[1].columns[0]',
  });
});

test('a role whose column was left out is gone', () => {
  expect(plan({ steps: [select('x', 'y')] }, { timestamp: 't', target: 'y' }).outputs[0]?.roles).toEqual({
    target: 'y',
  });
});

test('a split makes train, test and actuals; only the test has no target', () => {
  const { outputs, split } = plan({ split: {} }, { item: 'x' });

  expect(split).toEqual({ target: 'y', testFraction: 0.2, seed: 0 });
  expect(outputs.map(({ name, roles }) => [name, roles])).toEqual([
    ['plane-train', { item: 'x', target: 'y' }],
    ['plane-test', { item: 'x' }],
    ['plane-actuals', { target: 'y' }],
  ]);
});

test('a part has no role of the target, which it may not have: an item may be predicted', () => {
  const { outputs } = plan({ split: { target: 'x' } }, { item: 'x', timestamp: 't' });
  expect(outputs.map(({ roles }) => roles)).toEqual([
    { timestamp: 't', target: 'x' },
    { timestamp: 't' },
    { target: 'x' },
  ]);
});

test('a table that has a row_id of its own is refused before any row is read', () => {
  expect(refused({ split: {} }, {}, 'plane', ['Row_ID', 'x', 'y'])).toMatchObject({
    code: 'reserved-column',
    field: 'split',
  });
});

test('the target of a split is the one asked for, else the role, else the last column', () => {
  expect(plan({ split: { target: 'x' } }, { target: 't' }).split?.target).toBe('x');
  expect(plan({ split: {} }, { target: 't' }).split?.target).toBe('t');
  expect(plan({ split: {} }).split?.target).toBe('y');
});

test('a split by group is by the column that is named, else by that of items, even where there is a time', () => {
  const by = 'group' as const;
  expect(plan({ split: { by, column: 'x' } }, { timestamp: 't', item: 'y' }).split).toEqual({
    target: 'y',
    testFraction: 0.2,
    seed: 0,
    group: 'x',
  });
  expect(plan({ split: { by } }, { item: 'x' }).split?.group).toBe('x');
});

test('the last column is the one that was uploaded, and no date: what steps add is nothing to predict', () => {
  const log = { kind: 'log1p' as const, column: 'x', as: 'z' };
  expect(plan({ steps: [log], split: {} }).split?.target).toBe('y');
  expect(plan({ steps: [log, select('x', 'z')], split: {} }).split?.target).toBe('z');
  expect(plan({ split: {} }, { timestamp: 'y' }).split?.target).toBe('x');
});

test('a split by a date that no role names makes it the role of the parts', () => {
  const times = ['t', 'x', 'y'].map(
    (name) => ({ ...column(name), kind: name === 't' ? 'timestamp' : 'numeric' }) as Column,
  );
  const planned = (split: object) => {
    const request = EnrichmentRequest.parse({ split });
    return planEnrichment(request, { name: 'plane', columns: times, roles: {} }, () => 'ds_1');
  };

  expect(planned({ date: 't' }).split).toMatchObject({ timestamp: 't', target: 'y' });
  expect(planned({ date: 't' }).outputs.map(({ roles }) => roles.timestamp)).toEqual(['t', 't', undefined]);
  expect(planned({ date: 't', by: 'shuffle' }).split).not.toHaveProperty('timestamp');
  expect(() => planned({ date: 'x' })).toThrow('Column x is numeric, not times.');
  expect(() => planned({ date: 'zz' })).toThrow('There is no column zz.');
});

test('a split is by time where a role names one, unless a shuffle is asked for', () => {
  expect(plan({ split: {} }, { timestamp: 't' }).split?.timestamp).toBe('t');
  expect(plan({ split: { by: 'shuffle' } }, { timestamp: 't' }).split).not.toHaveProperty('timestamp');
});

test('the parts of a dataset with the longest name have names of their own', () => {
  const names = plan({ split: {} }, {}, 'n'.repeat(100)).outputs.map(({ name }) => name);

  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => Name.safeParse(name).success)).toBe(true);
});

test.each([
  ['a target that is no column', { split: { target: 'z' } }, ['x', 'y'], 'column-missing', 'split.target'],
  [
    'a split by a time that nobody named',
    { split: { by: 'time' as const } },
    ['x', 'y'],
    'timestamp-missing',
    'split.by',
  ],
  [
    'a split by groups that nobody named',
    { split: { by: 'group' as const } },
    ['x', 'y'],
    'group-missing',
    'split.column',
  ],
  [
    'a split by groups of no column',
    { split: { by: 'group' as const, column: 'z' } },
    ['x', 'y'],
    'column-missing',
    'split.column',
  ],
  ['a column without groups', { split: { column: 'x' } }, ['x', 'y'], 'split-refused', 'split.column'],
  ['a split of the target alone', { split: {} }, ['y'], 'no-inputs', 'split.target'],
])('%s is refused, naming the field and the cure', (_, request, names, code, field) => {
  const refusal = refused(request, {}, 'plane', names);

  expect(refusal).toMatchObject({ code, field });
  expect(refusal.cure).toMatch(/\.$/);
});

test('a column without values is no default target, for a split and for lags', () => {
  const empty = { code: 'all-null-column', severity: 'warning', message: '', cure: '', column: 'note' } as const;
  const columns = [column('x'), column('sold'), { ...column('note'), kind: 'text' as const }];
  const table = { name: 'orders', columns, roles: { timestamp: 't' }, problems: [empty] };
  const request = { steps: [{ kind: 'lags', periods: 1, date: 't' }], split: { by: 'shuffle' } };
  const times = { ...table, columns: [{ ...column('t'), kind: 'timestamp' as const }, ...columns] };

  const { steps, split } = planEnrichment(EnrichmentRequest.parse(request), times, () => 'ds_1');

  expect(split?.target).toBe('sold');
  expect(steps).toMatchObject([{ kind: 'lags', column: 'sold' }]);
});
