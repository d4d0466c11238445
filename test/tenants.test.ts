import { insertApiKey } from '@bellwether/database';
import { hashApiKey, newApiKey } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';

/** Everything of one tenant's that has an address. */
async function livingTenant(user: Client) {
  const dataset = await user.upload('plane', planeCsv(60));
  const job = await user.train('plane', { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] });
  return { dataset, job };
}

const addressesOf = ({ dataset, job }: Awaited<ReturnType<typeof livingTenant>>): [string, string, object?][] => [
  ['GET', `/v1/datasets/${dataset.id}`],
  ['GET', `/v1/datasets/${dataset.id}/rows`],
  ['GET', `/v1/datasets/${dataset.id}/download`],
  ['DELETE', `/v1/datasets/${dataset.id}`],
  ['POST', `/v1/datasets/${dataset.id}/enrichments`, {}],
  ['POST', '/v1/models/mine/training-jobs', { datasetId: dataset.id }],
  ['GET', '/v1/models/plane'],
  ['GET', '/v1/models/plane/versions'],
  ['GET', '/v1/models/plane/versions/1'],
  ['GET', '/v1/models/plane/versions/1/artifact'],
  ['PUT', '/v1/models/plane/champion', { version: 1 }],
  ['PUT', '/v1/models/plane/retention', { keepLast: 1 }],
  ['PUT', '/v1/models/plane/versions/1/tags', { tags: {} }],
  ['DELETE', '/v1/models/plane/versions/1'],
  ['DELETE', '/v1/models/plane'],
  ['POST', '/v1/models/plane/predictions', { instances: [[1, 2]] }],
  ['GET', `/v1/jobs/${job.id}`],
  ['GET', `/v1/jobs/${job.id}/events`],
  ['POST', `/v1/jobs/${job.id}/cancel`],
];

test('what belongs to one tenant is unknown to another, in the same words as what never was', async () => {
  await using started = await startPlatform();
  const owned = await livingTenant(clientOf(started.url, 'owner'));
  const stranger = clientOf(started.url, 'stranger');

  for (const [method, path, body] of addressesOf(owned)) {
    const refused = await stranger.refusal(method, path, body);
    expect([path, refused.status]).toEqual([path, 404]);
    expect(refused.body.code).toMatch(/-not-found$/);
  }

  for (const path of ['/v1/datasets', '/v1/models', '/v1/jobs', '/v1/dead-letters']) {
    const listed = await stranger.call<Record<string, unknown[]>>('GET', path);
    expect(Object.values(listed.body)).toEqual([[]]);
  }
  const log = await stranger.call<{ requests: { path: string }[] }>('GET', '/v1/requests?limit=200');
  expect(log.body.requests.length).toBeGreaterThan(10);
  expect((await clientOf(started.url, 'third').call<{ total: number }>('GET', '/v1/requests')).body.total).toBe(0);
});

async function keyOf(started: TestPlatform, tenantId: string): Promise<string> {
  const key = newApiKey();
  const row = { hash: hashApiKey(key), tenant_id: tenantId, name: 'test', created_at: Date.now() };
  await started.platform.database.transact((tx) => insertApiKey(tx, row));
  return key;
}

test('with keys, the tenant is the key’s: without one nothing is answered, and another userID is refused', async () => {
  await using started = await startPlatform({ env: { AUTH: 'keys' } });
  const key = await keyOf(started, 'u1');
  const withKey = clientOf(started.url, 'u1', { authorization: `Bearer ${key}` });
  const without = clientOf(started.url, 'u1');
  const wrong = clientOf(started.url, 'u1', { authorization: `Bearer ${newApiKey()}` });

  const owned = await livingTenant(withKey);

  expect(owned.job.status).toBe('succeeded');
  for (const [method, path, body] of addressesOf(owned)) {
    expect([path, (await without.refusal(method, path, body)).status]).toEqual([path, 401]);
    expect([path, (await wrong.refusal(method, path, body)).status]).toEqual([path, 401]);
  }
  const other = await withKey.refusal('POST', '/train', { userID: 'u2' });
  expect(other).toMatchObject({ status: 403, body: { code: 'tenant-mismatch' } });
});

test('a page of another site cannot reach a server without keys', async () => {
  await using started = await startPlatform();

  const crossOrigin = await fetch(`${started.url}/v1/models`, { headers: { origin: 'https://evil.example' } });

  expect(crossOrigin.status).toBe(403);
  expect(await crossOrigin.json()).toMatchObject({ code: 'cross-origin-refused' });
});
