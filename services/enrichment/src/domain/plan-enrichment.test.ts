import { type Column, EnrichmentRequest, Name, type Roles } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import { planEnrichment } from './plan-enrichment.ts';

const column = (name: string): Column => ({ name, kind: 'numeric', nullable: false });

function plan(request: z.input<typeof EnrichmentRequest>, roles: Roles = {}, name = 'plane', names = ['t', 'x', 'y']) {
  let ids = 0;
  const table = { name, schema: names.map(column), roles };
  return planEnrichment(EnrichmentRequest.parse(request), table, () => `ds_${++ids}`);
}

function planned(...args: Parameters<typeof plan>) {
  const result = plan(...args);
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.plan;
}

function refused(...args: Parameters<typeof plan>) {
  const result = plan(...args);
  if (result.ok) throw new Error('it was planned');
  return result.refusal;
}

const select = (...columns: string[]) => ({ kind: 'select' as const, columns });

test('without a split there is one output, with the name and the roles of the dataset', () => {
  expect(planned({}, { target: 'y' })).toEqual({
    columns: ['t', 'x', 'y'],
    outputs: [{ part: 'enriched', datasetId: 'ds_1', name: 'plane', roles: { target: 'y' } }],
  });
});

test('steps follow each other: the second sees what the first left', () => {
  expect(planned({ steps: [select('y', 'x', 'y'), select('x')] }).columns).toEqual(['x']);
  expect(refused({ steps: [select('x'), select('y')] })).toMatchObject({
    code: 'column-missing',
    field: 'steps[1].columns',
  });
});

test('a role whose column was left out is gone', () => {
  expect(planned({ steps: [select('x', 'y')] }, { timestamp: 't', target: 'y' }).outputs[0]?.roles).toEqual({
    target: 'y',
  });
});

test('a split makes train, test and actuals; only the test has no target', () => {
  const { outputs, split } = planned({ split: {} }, { item: 'x' });

  expect(split).toEqual({ target: 'y', testFraction: 0.2, seed: 0 });
  expect(outputs.map(({ name, roles }) => [name, roles])).toEqual([
    ['plane-train', { item: 'x', target: 'y' }],
    ['plane-test', { item: 'x' }],
    ['plane-actuals', { target: 'y' }],
  ]);
});

test('the target of a split is the one asked for, else the role, else the last column', () => {
  expect(planned({ split: { target: 'x' } }, { target: 't' }).split?.target).toBe('x');
  expect(planned({ split: {} }, { target: 't' }).split?.target).toBe('t');
  expect(planned({ split: {} }).split?.target).toBe('y');
});

test('a split is by time where a role names one, unless a shuffle is asked for', () => {
  expect(planned({ split: {} }, { timestamp: 't' }).split?.timestamp).toBe('t');
  expect(planned({ split: { by: 'shuffle' } }, { timestamp: 't' }).split).not.toHaveProperty('timestamp');
});

test('the parts of a dataset with the longest name have names of their own', () => {
  const names = planned({ split: {} }, {}, 'n'.repeat(100)).outputs.map(({ name }) => name);

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
  ['a split of the target alone', { split: {} }, ['y'], 'no-inputs', 'split.target'],
])('%s is refused, naming the field and the cure', (_, request, names, code, field) => {
  const refusal = refused(request, {}, 'plane', names);

  expect(refusal).toMatchObject({ code, field });
  expect(refusal.cure).toMatch(/\.$/);
});
