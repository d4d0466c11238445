import { gzipSync } from 'node:zlib';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { artifactOf, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { score } from './score.ts';
import { maxRows } from './scored-rows.ts';

type Score = Parameters<typeof score>[0];

/** The champions of `m` and of `default` predict x + y + 20. */
async function linearCase() {
  const inference = await inferenceCase({
    models: ['m', 'default'].map((name) => ({ name, champion_version: 1 })),
    versions: ['m', 'default'].map((model) => ({ model, version: 1, trial_id: model, artifact_key: keyOf(1) })),
  });
  await inference.store.put(keyOf(1), await artifactOf(20, 'linear'));
  return inference;
}

const sent = (body: unknown, headers: Record<string, string> = {}, query = { model: 'm' }) =>
  requested<Score>({
    query,
    bytes: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    header: (name: string) => ({ 'content-type': 'application/json', ...headers })[name],
  });

async function predictionsOf(request: Score, deps: Parameters<typeof score>[1]): Promise<number[]> {
  const { body } = (await score(request, deps)) as { body: { predictions: number[] } };
  return body.predictions.map((value) => Number(value.toFixed(9)));
}

const csv = { 'content-type': 'text/csv; charset=utf-8' };

test.each<[string, unknown, Record<string, string>?]>([
  [
    'dataframe_split, columns in any order',
    {
      dataframe_split: {
        columns: ['y', 'x'],
        data: [
          [0, 1],
          [1, 2],
        ],
      },
    },
  ],
  [
    'dataframe_split with an index and a column that is no input',
    {
      dataframe_split: {
        index: [0, 1],
        columns: ['x', 'id', 'y'],
        data: [
          [1, 'a', 0],
          [2, 'b', 1],
        ],
      },
    },
  ],
  [
    'dataframe_split by place',
    {
      dataframe_split: {
        data: [
          [1, 0],
          [2, 1],
        ],
      },
    },
  ],
  [
    'dataframe_records',
    {
      dataframe_records: [
        { x: 1, y: 0, z: 5 },
        { y: 1, x: 2 },
      ],
    },
  ],
  [
    'instances by place',
    {
      instances: [
        [1, 0],
        [2, 1],
      ],
    },
  ],
  [
    'instances by name, with parameters',
    {
      instances: [
        { x: 1, y: 0 },
        { y: 1, x: 2 },
      ],
      params: { a: 1 },
    },
  ],
  ['inputs by column', { inputs: { y: [0, 1], x: [[1], [2]] } }],
  [
    'inputs by row',
    {
      inputs: [
        [1, 0],
        [2, 1],
      ],
    },
  ],
  ['CSV with a header', '\uFEFFy,x,"other, one"\n0,1,q\n1,2,\n', csv],
  ['CSV without one', '1,0\r\n2,1\r\n', csv],
  [
    'a compressed body',
    gzipSync(
      JSON.stringify({
        instances: [
          [1, 0],
          [2, 1],
        ],
      }),
    ),
    { 'content-encoding': 'gzip' },
  ],
])('%s', async (_, body, headers = {}) => {
  await using inference = await linearCase();

  expect(await predictionsOf(sent(body, headers), inference.deps)).toEqual([21, 23]);
});

test('a record without a column that others have is missing it', async () => {
  await using inference = await linearCase();
  const some = sent({ dataframe_records: [{ x: 1, y: 0 }, { x: 2 }] });
  const none = sent({ dataframe_records: [{ x: 1 }] });

  expect(await predictionsOf(some, inference.deps)).toHaveLength(2);
  await expect(score(none, inference.deps)).rejects.toMatchObject({
    code: 'field-missing',
    options: { field: 'dataframe_records[0].y' },
  });
});

test('the model is `default` unless one is named, and its champion unless a version is', async () => {
  await using inference = await linearCase();
  const at = (query: { model: string; version?: number }) =>
    score(sent({ instances: [[1, 0]] }, {}, query), inference.deps);

  expect(await at({ model: 'default' })).toMatchObject({ body: { predictions: [expect.closeTo(21, 9)] } });
  await expect(at({ model: 'm', version: 9 })).rejects.toMatchObject({ code: 'version-not-found' });
  await expect(at({ model: 'none' })).rejects.toMatchObject({ code: 'model-not-found' });
});

test.each<[string, unknown, string, Record<string, string>?]>([
  ['nothing of the forms', { rows: [[1, 2]] }, 'none of its forms'],
  ['two forms', { instances: [[1, 2]], inputs: [[1, 2]] }, 'instances and inputs'],
  ['an array', [[1, 2]], 'no object'],
  ['NaN', '{"instances": [[NaN, 1]]}', 'not JSON'],
  ['rows of other lengths', { dataframe_split: { columns: ['x', 'y'], data: [[1]] } }, 'data[0] has 1 values'],
  ['columns without names', { dataframe_split: { columns: [0, 1], data: [[1, 2]] } }, 'no names'],
  ['no data', { dataframe_split: [[1, 2]] }, 'no data'],
  ['records that are arrays', { dataframe_records: [[1, 2]] }, 'other things than objects'],
  ['rows of both kinds', { instances: [[1, 2], { x: 1 }] }, 'other things than objects'],
  ['columns of other lengths', { inputs: { x: [1, 2], y: [1] } }, 'inputs.y has 1 values'],
  ['no rows', { instances: [] }, '0 rows'],
  ['too many rows', { instances: new Array(maxRows + 1).fill([1, 2]) }, `${maxRows + 1} rows`],
  ['no lines', '', '0 rows', csv],
  ['a ragged line', 'x,y\n1\n', 'csv[0] has 1 values', csv],
])('%s is refused with what is wrong', async (_, body, detail, headers = {}) => {
  await using inference = await linearCase();

  await expect(score(sent(body, headers), inference.deps)).rejects.toMatchObject({
    status: 400,
    code: 'scoring-refused',
    message: expect.stringContaining(detail),
  });
});

test('what the model refuses is named as the caller sent it', async () => {
  await using inference = await linearCase();
  const split = sent({
    dataframe_split: {
      columns: ['x', 'y'],
      data: [
        [1, 2],
        ['far', 2],
      ],
    },
  });

  await expect(score(split, inference.deps)).rejects.toMatchObject({
    code: 'value-refused',
    options: { field: 'dataframe_split.data[1].x' },
  });
  await expect(score(sent('1,2,3\n', csv), inference.deps)).rejects.toMatchObject({
    code: 'wrong-number-of-values',
    options: { field: 'csv[0]' },
  });
});
