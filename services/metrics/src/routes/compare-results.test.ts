import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { metricsCase } from '../../test/metrics-case.ts';
import { compareResults } from './compare-results.ts';

const evaluation = (change: object) =>
  ({
    kind: 'evaluation',
    dataset_id: 'ds_p',
    request: JSON.stringify({ predictionsId: 'ds_p', actualsId: 'ds_a' }),
    ...change,
  }) as const;
const metrics = { mse: 4, rmse: 2 };
const succeeded = evaluation({ status: 'succeeded', result: JSON.stringify({ rows: 3, metrics }) });

/** Asks, and says how many jobs there are afterwards; every look at the clock lasts ten seconds. */
async function results(rows: Rows) {
  await using at = await metricsCase(rows);
  let time = 0;
  const deps = {
    ...at.deps,
    now: () => {
      time += 10_000;
      return time;
    },
  };
  const request = requested<Parameters<typeof compareResults>[0]>({
    query: { actual: 'ds_a', prediction: 'ds_p' },
    requestId: 'r1',
    traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-00`,
  });
  const answer = await compareResults(request, deps);
  return { answer, jobs: (await at.database.read.selectFrom('jobs').selectAll().execute()).length };
}

test('an evaluation of the pair that has succeeded is the answer, and no other is asked for', async () => {
  expect(await results({ jobs: [succeeded] })).toEqual({
    jobs: 1,
    answer: {
      status: 200,
      body: {
        job_id: 'job_1',
        status: 'succeeded',
        actual: 'ds_a',
        prediction: 'ds_p',
        rows: 3,
        metrics,
        mean_squared_error: 4,
      },
    },
  });
});

test('one that takes longer than a gateway waits is a 202, and asked again it is the same one', async () => {
  expect(await results({ jobs: [evaluation({ status: 'running' })] })).toMatchObject({
    jobs: 1,
    answer: { status: 202, body: { job_id: 'job_1', status: 'running' } },
  });
});

const tables: Rows['datasets'] = [
  { id: 'ds_p', schema: JSON.stringify([{ name: 'prediction', kind: 'numeric', nullable: false }]) },
  { id: 'ds_a', schema: JSON.stringify([{ name: 'z', kind: 'numeric', nullable: false }]) },
];

test.each([
  ['that failed', evaluation({ status: 'failed' })],
  ['of other real values', { ...succeeded, request: JSON.stringify({ predictionsId: 'ds_p', actualsId: 'ds_b' }) }],
  ['of nobody’s concern', { ...succeeded, tenant_id: 't2' }],
])('an evaluation %s is no answer: a new one is asked for', async (_, job) => {
  const { answer, jobs } = await results({ datasets: tables, jobs: [job] });

  expect(jobs).toBe(2);
  expect(answer).toMatchObject({ status: 202, body: { status: 'queued' } });
});

test('an evaluation that ends badly is a refusal with its code', async () => {
  await using at = await metricsCase({ datasets: tables });
  const request = requested<Parameters<typeof compareResults>[0]>({
    query: { actual: 'ds_a', prediction: 'ds_p' },
    requestId: 'r1',
    traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-00`,
  });
  const fails: typeof at.deps.perform = async (cause, decide) => {
    const id = await at.deps.perform(cause, decide);
    const end = { status: 'failed', error_code: 'row-missing', error_detail: 'Row 7 has no real value.' } as const;
    await at.database.transact((tx) => tx.updateTable('jobs').set(end).execute());
    return id;
  };

  await expect(compareResults(request, { ...at.deps, perform: fails })).rejects.toMatchObject({
    status: 422,
    code: 'row-missing',
    message: 'Row 7 has no real value.',
  });
});
