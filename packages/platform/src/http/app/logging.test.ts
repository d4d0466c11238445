import { expect, test } from '@jest/globals';
import { keyAuthentication } from '../../auth/index.ts';
import { fakeEdge } from '../testing/fake-edge.ts';
import { oneRow, predictionPath, predictions } from '../testing/prediction.ts';

test('a request and its answer are logged as they came and went', async () => {
  await using edge = await fakeEdge(predictions);
  const { text } = await edge.ask(`${predictionPath}?x=1`, { body: oneRow, headers: { 'x-user-id': 'ana' } });
  expect(edge.log.entries).toEqual([
    {
      id: expect.stringMatching(/^r_/),
      tenantId: 'ana',
      service: 'inference',
      at: expect.any(Number),
      method: 'POST',
      path: `${predictionPath}?x=1`,
      status: 200,
      duration: expect.any(Number),
      request: JSON.stringify(oneRow),
      response: text,
    },
  ]);
});

test('no answer leaves before its entry is durable', async () => {
  await using edge = await fakeEdge(predictions);
  const held = edge.log.hold(3);
  let answers = 0;
  const asked = [1, 2, 3].map(async (row) => {
    const { json } = await edge.ask(predictionPath, { body: { instances: [[row]] } });
    answers++;
    return json.predictions;
  });
  await held;
  // A health check goes all the way to a client meanwhile: the others are held by the log, not by the network.
  expect((await edge.ask('/healthz')).status).toBe(200);
  expect(answers).toBe(0);
  edge.log.release();
  expect(await Promise.all(asked)).toEqual([[2], [4], [6]]);
});

test('what cannot be logged is not answered: 503, and the operator hears why', async () => {
  await using edge = await fakeEdge(predictions);
  edge.log.fail(new Error('disk is full'));
  const { status, headers, json } = await edge.ask(predictionPath, { body: oneRow });
  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('1');
  expect(json).toMatchObject({ code: 'request-log-unavailable', instance: headers['x-request-id'] });
  expect(json).not.toHaveProperty('predictions');
  expect(edge.complaints[0]?.fields.err).toMatchObject({ message: 'disk is full' });
  edge.log.fail(undefined);
  expect((await edge.ask(predictionPath, { body: oneRow })).status).toBe(200);
});

test('refusals are logged with their documents, and with the body that was refused', async () => {
  await using edge = await fakeEdge(predictions);
  await edge.ask(predictionPath, { body: '{"instances":' });
  await edge.ask(predictionPath, { body: {} });
  await edge.ask('/v1/datasets/d1', {});
  await edge.ask('/v1/dataset?secret=abc');
  await edge.ask(predictionPath, { method: 'DELETE' });
  await edge.ask('/v1/models/%E0%A4%A/predictions', { body: oneRow });
  expect(edge.log.entries.map(({ status, service, path }) => [status, service, path])).toEqual([
    [400, 'inference', predictionPath],
    [422, 'inference', predictionPath],
    [501, 'ingest', '/v1/datasets/d1'],
    [404, 'edge', '/v1/dataset?secret=[removed]'],
    [405, 'edge', predictionPath],
    [400, 'edge', '/v1/models/%E0%A4%A/predictions'],
  ]);
  expect(edge.log.entries[0]).toMatchObject({
    request: '{"instances":',
    response: expect.stringContaining('malformed-json'),
  });
});

test('health, documentation and paths outside the API are not logged', async () => {
  await using edge = await fakeEdge();
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs', '/favicon.ico']) await edge.ask(path);
  expect(edge.log.entries).toEqual([]);
});

test('secrets and keys do not reach the log', async () => {
  const key = `bw_${'a'.repeat(43)}`;
  await using edge = await fakeEdge(predictions, {
    authentication: keyAuthentication({ findKey: async () => ({ tenantId: 'ana' }) }),
  });
  await edge.ask(`${predictionPath}?api_key=${key}`, {
    body: { instances: [{ carat: 1, password: 'hunter2' }] },
    headers: { authorization: `Bearer ${key}` },
  });
  await edge.ask(predictionPath, { body: `{"note":"${key}"`, headers: { authorization: `Bearer ${key}` } });
  expect(edge.log.entries).toHaveLength(2);
  expect(edge.log.entries[0]).toMatchObject({ tenantId: 'ana', status: 200 });
  const logged = JSON.stringify(edge.log.entries);
  expect(logged).not.toContain('hunter2');
  expect(logged).not.toContain('aaaa');
});

test('a client that is refused with 401 is logged in nobody’s list', async () => {
  await using edge = await fakeEdge(predictions, {
    authentication: keyAuthentication({ findKey: async () => undefined }),
  });
  const { status, headers, json } = await edge.ask(predictionPath, { body: oneRow });
  expect(status).toBe(401);
  expect(headers['www-authenticate']).toBe('Bearer realm="bellwether"');
  expect(json).toMatchObject({ code: 'api-key-missing', cure: expect.stringContaining('Authorization: Bearer') });
  expect(edge.log.entries).toMatchObject([{ tenantId: '', status: 401 }]);
});

test('long bodies are capped in the log and whole in the answer', async () => {
  await using edge = await fakeEdge(predictions, { limits: { loggedCharacters: 100 } });
  const { json } = await edge.ask(predictionPath, { body: { instances: Array(500).fill([1]) } });
  expect(json.predictions).toHaveLength(500);
  expect(edge.log.entries[0]?.request).toMatch(/^.{100}… \[\d+ characters cut\]$/);
  expect(edge.log.entries[0]?.response).toMatch(/^.{100}… \[\d+ characters cut\]$/);
});
