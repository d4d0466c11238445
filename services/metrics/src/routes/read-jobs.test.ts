import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type MetricsCase, metricsCase } from '../../test/metrics-case.ts';
import { listRequests } from './list-requests.ts';
import { getJob, listJobs } from './read-jobs.ts';

const rows = {
  jobs: [
    { id: 'job_1', status: 'failed' },
    { id: 'job_2', kind: 'enrichment', model: null },
    { id: 'job_3', model: 'other' },
    { id: 'job_4', tenant_id: 't2' },
  ],
} as const;

async function listed(metrics: MetricsCase, query: object) {
  const request = requested<Parameters<typeof listJobs>[0]>({ query: { limit: 50, ...query } });
  const { body } = (await listJobs(request, metrics.deps)) as { body: { jobs: { id: string }[]; nextCursor?: string } };
  return { ids: body.jobs.map(({ id }) => id), nextCursor: body.nextCursor };
}

test('a tenant’s jobs come newest first, by pages', async () => {
  await using metrics = await metricsCase(rows);

  expect(await listed(metrics, { limit: 2 })).toEqual({ ids: ['job_3', 'job_2'], nextCursor: 'job_2' });
  expect(await listed(metrics, { cursor: 'job_2' })).toEqual({ ids: ['job_1'], nextCursor: undefined });
});

test.each([
  [{ status: 'failed' }, ['job_1']],
  [{ kind: 'enrichment' }, ['job_2']],
  [{ model: 'other' }, ['job_3']],
])('jobs are filtered by %j', async (query, ids) => {
  await using metrics = await metricsCase(rows);

  expect((await listed(metrics, query)).ids).toEqual(ids);
});

test('another tenant’s job is as unknown as one that never was', async () => {
  await using metrics = await metricsCase(rows);

  for (const id of ['job_4', 'job_9']) {
    const request = requested<Parameters<typeof getJob>[0]>({ params: { id } });
    await expect(getJob(request, metrics.deps)).rejects.toMatchObject({ status: 404, code: 'job-not-found' });
  }
});

test('the request log is asked for the caller’s own requests', async () => {
  const asked: unknown[] = [];
  await using metrics = await metricsCase(
    {},
    {
      list: async (query) => {
        asked.push(query);
        return { requests: [] };
      },
      count: async (filter) => {
        asked.push(filter);
        return 7;
      },
    },
  );
  const request = requested<Parameters<typeof listRequests>[0]>({ query: { limit: 5, path: '/v1' } });

  expect(await listRequests(request, metrics.deps)).toEqual({ body: { requests: [], total: 7 } });
  expect(asked).toMatchObject([
    { tenantId: 't1', path: '/v1', limit: 5 },
    { tenantId: 't1', path: '/v1' },
  ]);
});
