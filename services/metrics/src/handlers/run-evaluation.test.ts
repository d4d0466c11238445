import { readdir } from 'node:fs/promises';
import type { JobTable } from '@bellwether/database';
import { evaluate } from '@bellwether/learning';
import { committed, insertRows, received } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type MetricsCase, metricsCase } from '../../test/metrics-case.ts';
import { storedTable } from '../../test/stored-table.ts';
import { cancelEvaluation, failEvaluation, runEvaluation } from './run-evaluation.ts';

const delivery = { signal: new AbortController().signal, attempt: 1 };
const requested = received({ jobId: 'job_1' }, { type: 'evaluation.requested', jobId: 'job_1' });

const values = Array.from({ length: 60 }, (_, row) => ({
  actual: (row * 37) % 23,
  predicted: ((row * 37) % 23) + (row % 5) / 4,
}));
const numbersCsv = `z,prediction\n${values.map(({ actual, predicted }) => `${actual},${predicted}`).join('\n')}\n`;

const plan = {
  evaluationId: 'ev_1',
  predictionsId: 'ds_1',
  actualsId: 'ds_1',
  task: 'regression',
  column: 'z',
  predictionColumn: 'prediction',
  probabilities: [],
  model: 'm',
  version: 2,
};

async function evaluationCase(csv: string, change: object = {}, job: Partial<JobTable> = {}): Promise<MetricsCase> {
  const { parquet, row } = await storedTable('ds_1', csv);
  const metrics = await metricsCase({ datasets: [row] });
  await metrics.store.put(row.data_key, parquet);
  const about = { kind: 'evaluation', plan: JSON.stringify({ ...plan, ...change }), ...job } as const;
  await insertRows(metrics.database, { jobs: [about] });
  return metrics;
}

const run = async (metrics: MetricsCase) =>
  await committed(metrics.database, await runEvaluation(requested, metrics.deps, delivery));
const jobOf = ({ database }: MetricsCase) => database.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
const evaluationsOf = ({ database }: MetricsCase) => database.read.selectFrom('evaluations').selectAll().execute();

test('the scores are kept, and are the job’s result; they are those of the library that scores trials', async () => {
  await using metrics = await evaluationCase(numbersCsv);

  const messages = await run(metrics);

  const expected = evaluate(
    'regression',
    Float64Array.from(values, ({ actual }) => actual),
    {
      task: 'regression',
      values: Float64Array.from(values, ({ predicted }) => predicted),
    },
  );
  const job = await jobOf(metrics);
  const result = JSON.parse(job.result ?? '');
  expect(messages).toMatchObject([
    { type: 'evaluation.finished', id: 'job_1:finished', body: { status: 'succeeded' } },
  ]);
  expect(job).toMatchObject({ status: 'succeeded', started_at: 5000, finished_at: 5000 });
  expect(result).toMatchObject({ evaluationId: 'ev_1', task: 'regression', rows: 60 });
  expect(Object.keys(result.metrics).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, value] of Object.entries(expected)) expect(result.metrics[name]).toBeCloseTo(value, 12);
  expect(await evaluationsOf(metrics)).toMatchObject([
    { id: 'ev_1', tenant_id: 't1', job_id: 'job_1', row_count: 60, model: 'm', version: 2, row_id: null },
  ]);
  expect(await readdir(metrics.deps.workFolder)).toEqual([]);
});

test('labels and their probabilities are scored as the library scores them', async () => {
  const labels = ['a', 'b', 'c'];
  const rows = Array.from({ length: 90 }, (_, row) => {
    const weights = labels.map((_label, label) => 1 + ((row * (label + 3) * 7) % 11));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const given = weights.map((weight) => weight / total);
    return { truth: (row * 5) % 3, given, predicted: given.indexOf(Math.max(...given)) };
  });
  const lines = rows.map(({ truth, predicted, given }) => [labels[truth], labels[predicted], ...given].join(','));
  const probabilities = labels.map((label) => ({ label, column: `p_${label}` }));
  const csv = `z,prediction,p_a,p_b,p_c\n${lines.join('\n')}\n`;
  await using metrics = await evaluationCase(csv, { task: 'classification', probabilities });

  await run(metrics);

  const expected = evaluate(
    'classification',
    Int32Array.from(rows, ({ truth }) => truth),
    {
      task: 'classification',
      classes: 3,
      labels: Int32Array.from(rows, ({ predicted }) => predicted),
      probabilities: Float64Array.from(rows.flatMap(({ given }) => given)),
    },
  );
  const result = JSON.parse((await jobOf(metrics)).result ?? '');
  expect(Object.keys(result.metrics).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, value] of Object.entries(expected)) expect(result.metrics[name]).toBeCloseTo(value, 12);
});

test('the request is the first line of the timeline, however often it is delivered', async () => {
  await using metrics = await evaluationCase(numbersCsv);
  const [first, second] = [
    await runEvaluation(requested, metrics.deps, delivery),
    await runEvaluation(requested, metrics.deps, delivery),
  ];

  expect(await committed(metrics.database, second)).toHaveLength(1);
  expect(await committed(metrics.database, first)).toEqual([]);

  expect(await evaluationsOf(metrics)).toHaveLength(1);
  const lines = await metrics.database.read.selectFrom('job_events').select('type').execute();
  expect(lines).toEqual([{ type: 'evaluation.requested' }]);
});

test('what the data do not allow fails the job with its code, and nothing is kept', async () => {
  await using metrics = await evaluationCase('z,prediction\n1,2\n,3\n');

  await run(metrics);

  expect(await jobOf(metrics)).toMatchObject({ status: 'failed', error_code: 'value-missing' });
  expect(await evaluationsOf(metrics)).toEqual([]);
  expect(await readdir(metrics.deps.workFolder)).toEqual([]);
});

test('a dataset that was deleted meanwhile fails the job', async () => {
  await using metrics = await evaluationCase(numbersCsv, { actualsId: 'ds_9' });
  await run(metrics);
  expect(await jobOf(metrics)).toMatchObject({ status: 'failed', error_code: 'dataset-not-found' });
});

test('a cancel while it works: nothing is kept, and the timeline says who was asked', async () => {
  await using metrics = await evaluationCase(numbersCsv);
  const commit = await runEvaluation(requested, metrics.deps, delivery);
  const asked = { jobId: 'job_1', kind: 'evaluation' as const };
  const message = received(asked, { id: 'message_2', type: 'cancel.requested', jobId: 'job_1' });

  const cancelled = await committed(metrics.database, await cancelEvaluation(message, metrics.deps, delivery));

  expect(cancelled).toMatchObject([{ id: 'job_1:finished', body: { status: 'cancelled' } }]);
  expect(await committed(metrics.database, commit)).toEqual([]);
  expect(await evaluationsOf(metrics)).toEqual([]);
  const lines = await metrics.database.read.selectFrom('job_events').select('type').orderBy('sequence').execute();
  expect(lines.map(({ type }) => type)).toEqual(['cancel.requested', 'evaluation.requested']);
});

test('a cancel of a training is a line, and no more', async () => {
  await using metrics = await metricsCase({ jobs: [{ status: 'running' }] });
  const message = received({ jobId: 'job_1', kind: 'training' as const }, { jobId: 'job_1' });
  expect(await committed(metrics.database, await cancelEvaluation(message, metrics.deps, delivery))).toEqual([]);
  expect((await jobOf(metrics)).status).toBe('running');
});

test('an evaluation that died fails with the last reason', async () => {
  await using metrics = await metricsCase({ jobs: [{ kind: 'evaluation', status: 'running' }] });
  const dead = received({ jobId: 'job_1', reasons: ['attempt 4: x', 'attempt 5: y'] });
  await committed(metrics.database, await failEvaluation(dead, metrics.deps, delivery));
  expect(await jobOf(metrics)).toMatchObject({
    status: 'failed',
    error_code: 'evaluation-failed',
    error_detail: 'attempt 5: y',
  });
});
