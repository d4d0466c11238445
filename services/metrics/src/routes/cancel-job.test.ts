import type { Problem } from '@bellwether/contracts';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { metricsCase } from '../../test/metrics-case.ts';
import { cancelJob } from './cancel-job.ts';

async function cancel(rows: Rows) {
  await using metrics = await metricsCase(rows);
  const request = requested<Parameters<typeof cancelJob>[0]>({ params: { id: 'job_1' } });
  const answer = await cancelJob(request, metrics.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  const { messages } = await metrics.database.transact(answer.commit);
  return { messages, jobs: await metrics.database.read.selectFrom('jobs').select('status').execute() };
}

test.each(['queued', 'waiting', 'running'] as const)(
  'a cancel of a job that is %s is asked of its service',
  async (status) => {
    const { messages, jobs } = await cancel({ jobs: [{ status, kind: 'enrichment' }] });

    expect(messages).toMatchObject([{ body: { jobId: 'job_1', kind: 'enrichment' }, jobId: 'job_1' }]);
    // The row is its service's to write.
    expect(jobs).toEqual([{ status }]);
  },
);

test.each<[string, Rows, Partial<Problem>]>([
  ['a job that has ended', { jobs: [{ status: 'failed' }] }, { status: 409, code: 'job-ended' }],
  ['another tenant’s job', { jobs: [{ tenant_id: 't2' }] }, { status: 404, code: 'job-not-found' }],
])('%s cannot be cancelled', async (_, rows, expected) => {
  await expect(cancel(rows)).rejects.toMatchObject({ ...expected, options: { field: 'id', cure: expect.any(String) } });
});
