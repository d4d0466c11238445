import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { fakeEdge } from '../testing/fake-edge.ts';
import { predictionPath } from '../testing/prediction.ts';
import { invalidRequest } from './invalid-request.ts';

const training = '/v1/models/m/training-jobs';

test.each([
  [
    'an unknown value, with the one that was meant',
    training,
    { datasetId: 'd', candidates: [{ algorithm: 'linaer' }] },
    {
      field: 'candidates[0].algorithm',
      detail: '`candidates[0].algorithm` in the body cannot be "linaer"',
      cure: expect.stringMatching(/^Did you mean `linear`\? Use one of `baseline`, `linear`, /),
    },
  ],
  [
    'an unknown key, with the one that was meant',
    training,
    { datasetId: 'd', candidates: [{ algoritm: 'linear' }] },
    {
      field: 'candidates[0].algorithm',
      detail: expect.stringContaining('`candidates[0].algoritm` is unknown'),
    },
  ],
  [
    'an unknown key at the top',
    predictionPath,
    { instances: [[1]], verison: 3 },
    {
      field: 'verison',
      detail: '`verison` in the body is unknown',
      cure: expect.stringContaining('Did you mean `version`? '),
    },
  ],
  ['a missing field', predictionPath, {}, { field: 'instances', detail: '`instances` in the body is required' }],
  [
    'a wrong type',
    predictionPath,
    { instances: [[1]], version: '3' },
    { field: 'version', detail: '`version` in the body cannot be "3"', cure: expect.stringMatching(/number|int/) },
  ],
  ['too few', predictionPath, { instances: [] }, { field: 'instances', cure: 'At least 1 (array)' }],
  [
    'too many',
    predictionPath,
    { instances: Array(10_001).fill([]) },
    { field: 'instances', cure: 'At most 10000 (array)' },
  ],
  ['a wrong instance', predictionPath, { instances: [[1], 2] }, { field: 'instances[1]' }],
  [
    'a bad name in the path',
    '/v1/models/.m/predictions',
    { instances: [[1]] },
    { field: 'name', detail: expect.stringContaining('in the path') },
  ],
  ['another type of body', predictionPath, [1], { detail: 'The body cannot be [1]' }],
])('%s is refused with 422, its place and a cure', async (_what, path, body, expected) => {
  await using edge = await fakeEdge();
  const { status, json } = await edge.ask(path, { body });
  expect(status).toBe(422);
  expect(json).toMatchObject({ code: 'invalid-request', cure: expect.any(String), ...expected });
});

function refusalOf(schema: z.ZodType, input: unknown) {
  const { error } = schema.safeParse(input);
  return error === undefined ? undefined : invalidRequest('body', { schema, input, error });
}

const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('select'), columns: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('lag'), by: z.int() }),
]);

test('an unknown kind of a union is refused with the kinds there are', () => {
  expect(refusalOf(z.object({ steps: z.array(step) }), { steps: [{ kind: 'selct' }] })).toMatchObject({
    options: { field: 'steps[0].kind', cure: 'Did you mean `select`? Use one of `select`, `lag`' },
  });
});

test('a mistake within one kind of a union is refused at its place', () => {
  expect(refusalOf(z.object({ steps: z.array(step.optional()) }), { steps: [{ kind: 'lag', by: 'x' }] })).toMatchObject(
    {
      options: { field: 'steps[0].by' },
    },
  );
});

test('a value that fits none of several types is refused with the types', () => {
  const schema = z.object({ array: z.array(z.union([z.number(), z.string(), z.null()])) });
  expect(refusalOf(schema, { array: [1, { a: 1 }] })).toMatchObject({
    message: '`array[1]` in the body cannot be {"a":1}',
    options: { field: 'array[1]', cure: 'Use one of these types: number, string, null' },
  });
});

test('a bound that is not allowed itself is said so', () => {
  const schema = z.object({ fraction: z.number().gt(0).lt(1) });
  expect(refusalOf(schema, { fraction: 0 })).toMatchObject({ options: { cure: 'More than 0 (number)' } });
  expect(refusalOf(schema, { fraction: 1 })).toMatchObject({ options: { cure: 'Less than 1 (number)' } });
});

test('a union that says what it takes is quoted', () => {
  const schema = z.object({ end: z.union([z.iso.date(), z.iso.datetime()], { error: 'a day or a moment' }) });
  expect(refusalOf(schema, { end: 'x' })).toMatchObject({ options: { field: 'end', cure: 'a day or a moment' } });
});

test('the deepest mistake of an undiscriminated union is named', () => {
  const schema = z.object({
    when: z.union([z.object({ cron: z.string() }), z.object({ rows: z.object({ more: z.int() }) })]),
  });
  expect(refusalOf(schema, { when: { rows: { more: 'x' } } })).toMatchObject({ options: { field: 'when.rows.more' } });
});

test('further mistakes are named behind the first', () => {
  const schema = z.object({ a: z.int(), b: z.int() });
  expect(refusalOf(schema, { a: 'x' })?.message).toBe('`a` in the body cannot be "x"; also `b` is required');
});

test('a long value is shown cut', () => {
  expect(refusalOf(z.object({ a: z.int() }), { a: 'x'.repeat(10_000) })?.message.length).toBeLessThan(120);
});
