import { expect, test } from '@jest/globals';
import { hashApiKey, keyAuthentication, newApiKey } from '../../auth/index.ts';
import { type FakeRoutes, fakeEdge } from '../testing/fake-edge.ts';

const short: FakeRoutes = {
  predictShort: ({ tenantId }) => ({ body: { prediction: tenantId, model: 'default', version: 1 } }),
  listDatasets: ({ tenantId }) => ({ body: { datasets: [], nextCursor: tenantId } }),
};

function withKey() {
  const key = newApiKey();
  const findKey = async (hash: string) => (hash === hashApiKey(key) ? { tenantId: 'ana' } : undefined);
  return { key, authentication: keyAuthentication({ findKey }) };
}

test('without keys the short routes’ tenant is userID', async () => {
  await using edge = await fakeEdge(short);
  const body = { userID: 'u1', array: [1] };
  expect((await edge.ask('/prediction', { body })).json.prediction).toBe('u1');
  expect((await edge.ask('/prediction', { body, headers: { 'x-user-id': 'u2' } })).json.prediction).toBe('u1');
  expect((await edge.ask('/v1/datasets', { headers: { 'x-user-id': 'u2' } })).json.nextCursor).toBe('u2');
  expect((await edge.ask('/v1/datasets')).json.nextCursor).toBe('local');
});

test('a userID of other characters is refused', async () => {
  await using edge = await fakeEdge(short);
  const { status, json } = await edge.ask('/prediction', { body: { userID: '../x', array: [1] } });
  expect({ status, json }).toMatchObject({ status: 422, json: { code: 'invalid-request', field: 'userID' } });
});

test('a refused body stands in the log of the user that it names', async () => {
  await using edge = await fakeEdge(short);
  await edge.ask('/prediction', { body: { userID: 'u1', array: [] } });
  expect(edge.log.entries).toMatchObject([{ tenantId: 'u1', status: 422 }]);
});

test('with a key the tenant is the key’s, and another userID or X-User-Id is refused', async () => {
  const { key, authentication } = withKey();
  await using edge = await fakeEdge(short, { authentication });
  const authorization = `Bearer ${key}`;
  const ask = (userID: string, headers: Record<string, string> = {}) =>
    edge.ask('/prediction', { body: { userID, array: [1] }, headers: { authorization, ...headers } });
  expect((await ask('ana')).json.prediction).toBe('ana');
  expect(await ask('bob')).toMatchObject({ status: 403, json: { code: 'tenant-mismatch', field: 'userID' } });
  expect(await ask('ana', { 'x-user-id': 'bob' })).toMatchObject({ status: 403, json: { code: 'tenant-mismatch' } });
  expect(edge.log.entries.map(({ tenantId, status }) => [tenantId, status])).toEqual([
    ['ana', 200],
    ['ana', 403],
    ['', 403],
  ]);
});

test('an unknown key is refused without its body being read', async () => {
  const { authentication } = withKey();
  await using edge = await fakeEdge(short, { authentication });
  const headers = { authorization: `Bearer ${newApiKey()}` };
  const refused = await edge.ask('/prediction', { body: { userID: 'ana', array: [1] }, headers });
  expect(refused).toMatchObject({ status: 401, json: { code: 'api-key-unknown' } });
  expect(refused.headers['www-authenticate']).toBe('Bearer realm="bellwether", error="invalid_token"');
  expect(edge.log.entries[0]?.request).toBeUndefined();
});

test('health and documentation need no key', async () => {
  await using edge = await fakeEdge(short, { authentication: withKey().authentication });
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs']) expect((await edge.ask(path)).status).toBe(200);
});

test('without keys a web page of another origin reaches nothing, by whatever path', async () => {
  await using edge = await fakeEdge(short, {
    mounts: [{ prefix: '/objects/', handle: async () => Promise.reject(new Error('reached')) }],
  });
  const paths = ['/v1/datasets', '/openapi.json', '/docs', '/objects/x', '/nothing', '/v1/nothing'];
  for (const path of paths) {
    const page = await edge.ask(path, { headers: { origin: 'https://evil.example' } });
    expect([path, page.status, page.json.code]).toEqual([path, 403, 'cross-origin-refused']);
    const rebound = await edge.ask(path, { headers: { host: 'evil.example' } });
    expect([path, rebound.status, rebound.json.code]).toEqual([path, 403, 'host-not-allowed']);
  }
  const preflight = await edge.ask('/v1/datasets', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
  expect(preflight.status).toBe(403);
  expect((await edge.ask('/healthz', { headers: { host: '10.0.0.7' } })).status).toBe(200);
});
