import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';

test('a server is ready when all its checks pass', async () => {
  await using edge = await fakeEdge({}, { readiness: { database: async () => {}, queue: async () => 1 } });
  const { status, json } = await edge.ask('/readyz');
  expect({ status, json }).toEqual({
    status: 200,
    json: {
      status: 'ready',
      ready: true,
      checks: [
        { name: 'database', ready: true },
        { name: 'queue', ready: true },
      ],
    },
  });
  expect((await edge.ask('/healthz')).json).toEqual({ status: 'ok' });
});

test('a server that is not ready names the checks that failed, and tells only its operator why', async () => {
  const queue = async () => {
    throw new Error('no queue at sqs.internal');
  };
  await using edge = await fakeEdge({}, { readiness: { database: async () => {}, queue } });
  const { status, json, text } = await edge.ask('/readyz');
  expect(status).toBe(503);
  expect(json.checks).toContainEqual({ name: 'queue', ready: false });
  expect(json.checks).toContainEqual({ name: 'database', ready: true });
  expect(text).not.toContain('internal');
  expect(edge.complaints[0]).toMatchObject({
    fields: { check: 'queue', err: { message: 'no queue at sqs.internal' } },
  });
});

test.each([
  ['ours', 'queue-not-found', { name: 'queue', ready: false, code: 'queue-not-found' }],
  ['a driver’s', 'ECONNREFUSED', { name: 'queue', ready: false }],
])('a check that failed with a code that is %s', async (_, code, expected) => {
  const queue = async () => {
    throw Object.assign(new Error('no queue'), { code });
  };
  await using edge = await fakeEdge({}, { readiness: { queue } });
  expect((await edge.ask('/readyz')).json.checks).toEqual([expected]);
});
