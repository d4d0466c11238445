import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { fakeEdge } from '../testing/fake-edge.ts';
import { queryReader } from './parse-query.ts';

const schema = z.object({
  explain: z.boolean().default(false),
  by: z.array(z.string()).optional(),
  limit: z.coerce.number().int().optional(),
  form: z.enum(['parquet', 'upload']).optional(),
});
const parse = (query: string) => schema.safeParse(queryReader(schema)(`/x${query}`));

test.each([
  ['', false],
  ['?explain', true],
  ['?explain=true', true],
  ['?explain=1', true],
  ['?explain=false', false],
  ['?explain=0', false],
])('%j gives the boolean %s', (query, explain) => {
  expect(parse(query).data?.explain).toBe(explain);
});

test('a repeated parameter is a list where a list is meant, and one value is a list of one', () => {
  expect(parse('?by=cut&by=color%20x').data?.by).toEqual(['cut', 'color x']);
  expect(parse('?by=cut').data?.by).toEqual(['cut']);
});

test.each(['?explain=maybe', '?explain=1&explain=0', '?form=parquet&form=upload', '?limit=1&limit=2', '?limit=x'])(
  '%s is refused',
  (query) => {
    expect(parse(query).success).toBe(false);
  },
);

test('names of the object prototype are names like any other', () => {
  expect(queryReader(schema)('/x?__proto__=1&constructor=2')).toEqual(
    Object.assign(Object.create(null), { ['__proto__']: '1', constructor: '2' }),
  );
});

test('a route gets its query parsed, with defaults', async () => {
  const seen: unknown[] = [];
  await using edge = await fakeEdge({
    listDatasets: ({ query }) => {
      seen.push(query);
      return { body: { datasets: [] } };
    },
  });
  expect((await edge.ask('/v1/datasets?limit=5&status=ready')).json).toEqual({ datasets: [] });
  await edge.ask('/v1/datasets');
  expect(seen).toEqual([{ limit: 5, status: 'ready' }, { limit: 50 }]);
  expect((await edge.ask('/v1/datasets?limit=0')).json).toMatchObject({ code: 'invalid-request', field: 'limit' });
  expect((await edge.ask('/v1/datasets?status=redy')).json).toMatchObject({ field: 'status' });
});
