import { emit, flow, type Job } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { type FakeRoutes, type FakeTx, fakeEdge } from '../testing/fake-edge.ts';
import type { Accept, AcceptContext } from './accept.ts';
import type { Committed } from './route.ts';

const job: Job = {
  id: 'j1',
  kind: 'training',
  status: 'queued',
  progress: 0,
  request: {},
  createdAt: '2026-11-21T09:30:00.000Z',
};

const routes: FakeRoutes = {
  createTrainingJob: () => ({
    commit: async (tx) => {
      tx.push('job row');
      return { body: { job }, messages: [emit(flow.trainingRequested, { jobId: 'j1' }, { jobId: 'j1' })] };
    },
  }),
};

const path = '/v1/models/m/training-jobs';
const body = { datasetId: 'd1' };

/** Keeps what was to be committed. */
function recorder(answer: { replayed?: boolean } = {}) {
  const accepted: { context: AcceptContext; committed: Committed; tx: FakeTx }[] = [];
  const accept: Accept<FakeTx> = async (context, commit) => {
    const tx: FakeTx = [];
    const committed = await commit(tx);
    accepted.push({ context, committed, tx });
    return { status: committed.status ?? context.status, body: committed.body, ...answer };
  };
  return { accept, accepted };
}

test('accepted work is committed with its rows and first messages, and answered with what was committed', async () => {
  const { accept, accepted } = recorder();
  await using edge = await fakeEdge(routes, { accept });
  const { status, json, headers } = await edge.ask(path, { body, headers: { 'x-user-id': 'ana' } });
  expect({ status, json }).toEqual({ status: 202, json: { job } });
  expect(accepted).toEqual([
    {
      context: {
        service: 'training',
        operation: 'createTrainingJob',
        tenantId: 'ana',
        traceparent: expect.stringMatching(/^00-/),
        requestId: headers['x-request-id'],
        status: 202,
      },
      committed: { body: { job }, messages: [{ hop: flow.trainingRequested, body: { jobId: 'j1' }, jobId: 'j1' }] },
      tx: ['job row'],
    },
  ]);
});

test('a key comes with a hash of the request: equal for an equal one, another for any other', async () => {
  const { accept, accepted } = recorder();
  await using edge = await fakeEdge(routes, { accept });
  const headers = { 'idempotency-key': 'k-1' };
  await edge.ask(path, { body, headers });
  await edge.ask(path, { body, headers });
  await edge.ask(path, { body: { datasetId: 'd2' }, headers });
  await edge.ask('/v1/models/other/training-jobs', { body, headers });
  const hashes = accepted.map(({ context }) => context.requestHash);
  expect(accepted.map(({ context }) => context.idempotencyKey)).toEqual(['k-1', 'k-1', 'k-1', 'k-1']);
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(hashes[1]).toBe(hashes[0]);
  expect(new Set(hashes).size).toBe(3);
});

test('an answer that was given before says so', async () => {
  await using edge = await fakeEdge(routes, { accept: recorder({ replayed: true }).accept });
  const { status, headers } = await edge.ask(path, { body, headers: { 'idempotency-key': 'k-1' } });
  expect({ status, replayed: headers['idempotency-replayed'] }).toEqual({ status: 202, replayed: 'true' });
});

test.each(['', 'two words', 'x'.repeat(129), 'kéy'])(
  'the idempotency key %j is refused before any work',
  async (key) => {
    const { accept, accepted } = recorder();
    await using edge = await fakeEdge(routes, { accept });
    const headers = { 'idempotency-key': key };
    const { status, json } = await edge.ask(path, { body, headers });
    expect({ status, json }).toMatchObject({
      status: 422,
      json: { code: 'invalid-request', field: 'Idempotency-Key' },
    });
    expect(accepted).toEqual([]);
  },
);
