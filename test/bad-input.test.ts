import type { DataProblem } from '@bellwether/contracts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { acceptedFiles, refusedFiles } from './platform/bad-files.ts';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';

let started: TestPlatform;
let user: Client;

beforeAll(async () => {
  started = await startPlatform({ env: { UPLOAD_EXPIRES_SECONDS: '60' } });
  user = clientOf(started.url, 'u1');
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
});

const errorsOf = (problems: readonly DataProblem[]) => problems.filter(({ severity }) => severity === 'error');

describe('a file that cannot be a table is rejected with its problem and the cure', () => {
  test.each(refusedFiles)('%s', async (_, content, code) => {
    const dataset = await user.upload('bad', content);
    const [problem] = errorsOf(dataset.problems);

    expect(dataset.status).toBe('rejected');
    expect(problem?.code).toMatch(code);
    expect(problem?.message.length).toBeGreaterThan(10);
    expect(problem?.cure.length).toBeGreaterThan(5);
    const rows = await user.refusal('GET', `/v1/datasets/${dataset.id}/rows`);
    expect(rows).toMatchObject({ status: 409, body: { code: 'dataset-not-ready' } });
    const training = await user.refusal('POST', '/v1/models/m/training-jobs', { datasetId: dataset.id });
    expect(training).toMatchObject({ status: 409, body: { code: 'dataset-rejected' } });
    expect(training.body.problems?.length).toBeGreaterThan(0);
  });
});

describe('a file that looks odd is read all the same', () => {
  test.each(acceptedFiles)('%s', async (_, content, rows) => {
    const dataset = await user.upload('odd', content);

    expect([dataset.status, dataset.problems.filter(({ severity }) => severity === 'error')]).toEqual(['ready', []]);
    expect(dataset.rows).toBe(rows);
    const job = await user.train('odd', { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] });
    expect(job.status).toBe('succeeded');
  });
});

test('ragged rows are named by line, an infinite value by column and line', async () => {
  const ragged = await user.upload('ragged', 'a,b,c\n1,2,3\n4,5\n6,7,8\n');
  const infinite = await user.upload('infinite', `a,b\n${'1,2\n'.repeat(5)}3,Inf\n`);

  expect(errorsOf(ragged.problems)[0]).toMatchObject({ row: 3 });
  expect(errorsOf(infinite.problems)[0]).toMatchObject({ column: 'b', row: 7 });
});

test('an upload larger than promised, by another key, a second time, or with a changed URL is refused', async () => {
  const promised = await user.announce('promised', { contentLength: 10 });
  const other = await user.announce('other');
  const larger = await user.put(promised.upload, 'a,b\n1,2\n3,4\n');
  const key = new URL(other.upload.url);
  key.pathname = new URL(promised.upload.url).pathname;
  const otherKey = await fetch(key, { method: 'PUT', body: 'a,b\n1,2\n3' });
  const later = other.upload.url.replace(/(expires=)(\d)/, (_, name, digit) => `${name}${(Number(digit) + 1) % 10}`);
  const changed = await fetch(later, { method: 'PUT', body: 'a,b\n1,2\n' });
  const first = await user.put(other.upload, planeCsv(20));
  const second = await user.put(other.upload, planeCsv(30));

  // S3 answers for itself, in its own words and numbers.
  const onS3 = process.env.TEST_RUNTIME === 'aws';
  const expected = onS3 ? [403, 403, 403, 200, 412] : [413, 403, 403, 200, 409];
  expect([larger, otherKey, changed, first, second].map(({ status }) => status)).toEqual(expected);
  for (const refused of onS3 ? [] : [larger, otherKey, changed, second]) {
    expect(await refused.json()).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/), cure: expect.any(String) });
  }
  expect((await user.settled(other.dataset.id)).rows).toBe(20);
  expect(await user.call('GET', `/v1/datasets/${promised.dataset.id}`)).toMatchObject({
    body: { status: 'awaiting-upload' },
  });
});

test('a name with a path, an unknown field, and a body that is no JSON are refused by field', async () => {
  const path = await user.refusal('POST', '/v1/datasets', { name: '../x' });
  const unknown = await user.refusal('POST', '/v1/datasets', { name: 'x', colour: 'red' });
  const model = await user.refusal('POST', '/v1/models/..%2Fx/training-jobs', { datasetId: 'ds_1' });
  const user2 = await user.refusal('POST', '/pre-signed-s3-url', { userID: '../u1' });
  const malformed = await fetch(`${started.url}/v1/datasets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name": ',
  });

  expect(path).toMatchObject({ status: 422, body: { field: 'name' } });
  expect(unknown).toMatchObject({ status: 422, body: { field: 'colour' } });
  expect(model.status).toBe(422);
  expect([400, 422]).toContain(user2.status);
  expect(malformed.status).toBe(400);
  expect(await malformed.json()).toMatchObject({ code: 'malformed-json' });
});

test('training refuses a target, a metric, an algorithm and a hyperparameter that cannot be, each by field', async () => {
  const dataset = await user.upload('plane', planeCsv(60));
  const refused = async (request: object) => {
    const { status, body } = await user.refusal('POST', '/v1/models/m/training-jobs', {
      datasetId: dataset.id,
      ...request,
    });
    return [status, body.code, body.field, typeof body.cure];
  };

  expect(await refused({ target: 'zz' })).toEqual([422, 'target-missing', 'target', 'string']);
  expect(await refused({ metric: 'auc' })).toEqual([422, 'metric-unfit', 'metric', 'string']);
  expect(await refused({ candidates: [{ algorithm: 'magic' }] })).toEqual([
    422,
    'invalid-request',
    'candidates[0].algorithm',
    'string',
  ]);
  expect(await refused({ candidates: [{ algorithm: 'linear', hyperparameters: { alpah: 1 } }] })).toEqual([
    422,
    'hyperparameter-unknown',
    'candidates[0].hyperparameters.alpah',
    'string',
  ]);
  expect(await refused({ candidates: [{ algorithm: 'linear', hyperparameters: { alpha: -1 } }] })).toEqual([
    422,
    'hyperparameter-refused',
    'candidates[0].hyperparameters.alpha',
    'string',
  ]);
});

test('a constant target is refused, since there is nothing to learn', async () => {
  const dataset = await user.upload('constant', `x,z\n${Array.from({ length: 20 }, (_, i) => `${i},5`).join('\n')}\n`);

  const refused = await user.refusal('POST', '/v1/models/m/training-jobs', { datasetId: dataset.id });

  expect(refused).toMatchObject({ status: 422, body: { code: 'target-constant', field: 'target' } });
});

test('a prediction names the field that is missing, unknown or of the wrong kind', async () => {
  const dataset = await user.upload('plane', planeCsv(60));
  await user.train('fields', { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] });
  const refused = async (instances: unknown[]) => {
    const { status, body } = await user.refusal('POST', '/v1/models/fields/predictions', { instances });
    return [status, body.field, typeof body.cure];
  };

  expect(await refused([{ x: 1 }])).toEqual([422, 'instances[0].y', 'string']);
  expect(await refused([[1, 2], { x: 1, y: 2, w: 3 }])).toEqual([422, 'instances[1].w', 'string']);
  expect(await refused([[1, 2, 3]])).toEqual([422, 'instances[0]', 'string']);
  expect(await refused([['one', 2]])).toEqual([422, 'instances[0][0]', 'string']);
  expect((await refused([]))[0]).toBe(422);
  expect((await refused(['x']))[1]).toBe('instances[0]');
});
