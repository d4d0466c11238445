import { addDeadLetter } from '@bellwether/database';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type MetricsCase, metricsCase } from '../../test/metrics-case.ts';
import { listDeadLetters, redriveDeadLetter } from './dead-letters.ts';

async function withLetters(): Promise<MetricsCase> {
  const metrics = await metricsCase();
  const about = { queue: 'training-trials', job_id: 'job_1', type: 'trial.requested', reasons: '["x"]', at: 1000 };
  await metrics.database.transact(async (tx) => {
    for (const [id, tenant_id] of ['t1', 't1', 't2'].entries()) {
      await addDeadLetter(tx, {
        ...about,
        id: `dl_${id}`,
        message_id: `m_${id}`,
        tenant_id,
        envelope: `envelope ${id}`,
      });
    }
  });
  return metrics;
}

const list = (metrics: MetricsCase, query: object) =>
  listDeadLetters(requested<Parameters<typeof listDeadLetters>[0]>({ query }), metrics.deps);

async function redrive(metrics: MetricsCase, id: string) {
  const request = requested<Parameters<typeof redriveDeadLetter>[0]>({ params: { id } });
  const answer = await redriveDeadLetter(request, metrics.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  return await metrics.database.transact(answer.commit);
}

test('a tenant sees its own dead letters, newest first, by pages', async () => {
  await using metrics = await withLetters();

  expect(await list(metrics, { limit: 1 })).toMatchObject({
    body: { deadLetters: [{ id: 'dl_1' }], nextCursor: 'dl_1' },
  });
  expect(await list(metrics, { limit: 5, cursor: 'dl_1' })).toMatchObject({ body: { deadLetters: [{ id: 'dl_0' }] } });
});

test('a redriven message goes to its queue again under its old id', async () => {
  await using metrics = await withLetters();

  const { body } = await redrive(metrics, 'dl_0');

  expect(body).toMatchObject({ id: 'dl_0', redrivenAt: '1970-01-01T00:00:05.000Z' });
  expect(await metrics.database.read.selectFrom('outbox').selectAll().execute()).toMatchObject([
    { id: 'm_0', queue: 'training-trials', envelope: 'envelope 0', state: 'pending' },
  ]);
});

test('a dead letter is redriven once', async () => {
  await using metrics = await withLetters();
  await redrive(metrics, 'dl_0');

  await expect(redrive(metrics, 'dl_0')).rejects.toMatchObject({ status: 409, code: 'already-redriven' });
});

test('another tenant’s dead letter is not there, and is not sent', async () => {
  await using metrics = await withLetters();

  await expect(redrive(metrics, 'dl_2')).rejects.toMatchObject({ status: 404, code: 'dead-letter-not-found' });
  expect(await metrics.database.read.selectFrom('outbox').selectAll().execute()).toEqual([]);
});
