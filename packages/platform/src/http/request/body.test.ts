import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';
import { oneRow, predictionPath, predictions } from '../testing/prediction.ts';

const text = JSON.stringify(oneRow);

test('a JSON body is answered as JSON, with the id of the request', async () => {
  await using edge = await fakeEdge(predictions);
  const { status, headers, json } = await edge.ask(predictionPath, { body: oneRow });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  expect(headers['x-request-id']).toBe(edge.log.entries[0]?.id);
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('etag');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(json).toEqual({ model: 'diamonds', version: 3, task: 'regression', predictions: [0.46] });
});

test.each([
  ['no content type', {}],
  ['what curl -d sends', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a charset', { 'content-type': 'application/json; charset=UTF-8' }],
  ['a suffix', { 'content-type': 'application/problem+json' }],
])('a JSON body is read with %s', async (_what, headers) => {
  await using edge = await fakeEdge(predictions);
  expect((await edge.ask(predictionPath, { body: text, headers })).status).toBe(200);
});

test('a body that begins with a byte order mark is read', async () => {
  await using edge = await fakeEdge(predictions);
  expect((await edge.ask(predictionPath, { body: `\ufeff${text}` })).status).toBe(200);
});

test('a body that comes in chunks is read', async () => {
  await using edge = await fakeEdge(predictions);
  const many = { instances: Array.from({ length: 10_000 }, (_, row) => [row, 1, 2, 3, 4, 5, 6, 7, 8]) };
  const headers = { 'transfer-encoding': 'chunked' };
  const { json } = await edge.ask(predictionPath, { body: many, headers });
  expect(json.predictions).toHaveLength(10_000);
});

test.each([
  ['text', { 'content-type': 'text/plain' }, text, 'unsupported-media-type'],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'instances=1', 'unsupported-media-type'],
  ['another charset', { 'content-type': 'application/json; charset=utf-16' }, text, 'unsupported-media-type'],
  ['compression', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, text, 'unsupported-encoding'],
])('a body with %s is refused with 415', async (_what, headers, body, code) => {
  await using edge = await fakeEdge(predictions);
  const refused = await edge.ask(predictionPath, { body, headers });
  expect(refused.status).toBe(415);
  expect(refused.headers['content-type']).toBe('application/problem+json');
  expect(refused.json).toMatchObject({ code, cure: expect.any(String), instance: refused.headers['x-request-id'] });
});

test('malformed JSON is refused with its position', async () => {
  await using edge = await fakeEdge(predictions);
  const { status, json } = await edge.ask(predictionPath, { body: '{\n  "instances": [[1,]]\n}' });
  expect(status).toBe(400);
  expect(json).toMatchObject({
    type: 'urn:bellwether:problem:malformed-json',
    title: 'Malformed json',
    code: 'malformed-json',
    detail: 'The body is not JSON at position 21 (line 2, column 20): found "]"',
  });
});

test('JSON that ends too early is refused as such', async () => {
  await using edge = await fakeEdge(predictions);
  expect((await edge.ask(predictionPath, { body: '{"instances":[[1' })).json.detail).toContain('ends too early');
});

test('bytes that are not UTF-8 are refused, instead of being replaced', async () => {
  await using edge = await fakeEdge(predictions);
  const refused = await edge.ask(predictionPath, { body: Buffer.from([0x7b, 0xff, 0x7d]) });
  expect(refused).toMatchObject({ status: 400, json: { code: 'malformed-json', detail: 'The body is not UTF-8' } });
});

test.each([
  ['an announced length', {}],
  ['chunks', { 'transfer-encoding': 'chunked' }],
])('a body above the limit is refused with 413, by %s', async (_what, headers) => {
  await using edge = await fakeEdge(predictions, { limits: { bodyBytes: 1_000 } });
  const body = JSON.stringify({ instances: [[1]], pad: 'x'.repeat(3_000_000) });
  const refused = await edge.ask(predictionPath, { body, headers });
  expect(refused).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
  expect(edge.log.entries.map(({ status }) => status)).toEqual([413]);
});

test('a body just at the limit is read', async () => {
  await using edge = await fakeEdge(predictions, { limits: { bodyBytes: text.length } });
  expect((await edge.ask(predictionPath, { body: text })).status).toBe(200);
});

test('keys that would change a prototype are dropped, however they are spelled', async () => {
  let seen: unknown;
  await using edge = await fakeEdge({
    createTrainingJob: ({ body }) => {
      seen = Object.assign({}, body.candidates?.[0]?.hyperparameters);
      throw new Error('enough');
    },
  });
  const hyperparameters =
    '{"__proto__":{"polluted":1},"\\u005f_proto__":{"polluted":1},"depth":6,"constructor":{"prototype":{"polluted":1}}}';
  await edge.ask('/v1/models/m/training-jobs', {
    body: `{"datasetId":"d","candidates":[{"algorithm":"svm","hyperparameters":${hyperparameters}}]}`,
  });
  expect(Object.getPrototypeOf(seen)).toBe(Object.prototype);
  expect(seen).toMatchObject({ depth: 6 });
  expect((seen as { polluted?: unknown }).polluted).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('an operation whose fields are all optional needs no body', async () => {
  await using edge = await fakeEdge({
    createEnrichment: ({ body }) => {
      throw Object.assign(new Error(), { steps: body.steps });
    },
  });
  expect((await edge.ask('/v1/datasets/d1/enrichments', { method: 'POST' })).status).toBe(500);
  expect(edge.complaints[0]?.fields.err).toMatchObject({ steps: [] });
});

test.each([
  ['where it is unknown', '{"datasetId":"d","candidates":[{"algorithm":"svm","hyperparameters":{"a":DEEP}}]}'],
  ['where it is refused', '{"datasetId":DEEP}'],
  ['with a prototype', '{"datasetId":"d","__proto__":DEEP}'],
])('a body of a million levels is refused, %s', async (_where, template) => {
  await using edge = await fakeEdge({
    createTrainingJob: ({ body }) => {
      throw new Error(JSON.stringify(body));
    },
  });
  const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
  const { status } = await edge.ask('/v1/models/m/training-jobs', { body: template.replace('DEEP', deep) });
  expect(status).toBe(422);
});

test('megabytes of malformed JSON are refused', async () => {
  await using edge = await fakeEdge();
  for (const body of [`"${'a'.repeat(4_000_000)}`, `["${'\\n'.repeat(2_000_000)}`, '['.repeat(4_000_000)]) {
    expect((await edge.ask(predictionPath, { body })).json.code).toBe('malformed-json');
  }
});
