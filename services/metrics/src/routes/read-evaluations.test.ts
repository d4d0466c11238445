import { insertEvaluation } from '@bellwether/database';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type MetricsCase, metricsCase } from '../../test/metrics-case.ts';
import { getEvaluation, listEvaluations } from './read-evaluations.ts';

async function withEvaluations(): Promise<MetricsCase> {
  const metrics = await metricsCase();
  const rows = [
    { id: 'ev_1', tenant_id: 't1', model: 'm', version: 1 },
    { id: 'ev_2', tenant_id: 't1', model: null, version: null },
    { id: 'ev_3', tenant_id: 't1', model: 'm', version: 2 },
    { id: 'ev_4', tenant_id: 't2', model: 'm', version: 1 },
  ];
  const about = {
    predictions_id: 'ds_p',
    actuals_id: 'ds_a',
    task: 'regression',
    actual_column: 'z',
    prediction_column: 'prediction',
    row_id: null,
    row_count: 3,
    metrics: '{"mae":1}',
    created_at: 0,
  } as const;
  await metrics.database.transact(async (tx) => {
    for (const row of rows) await insertEvaluation(tx, { ...about, ...row, job_id: `job of ${row.id}` });
  });
  return metrics;
}

async function listed(metrics: MetricsCase, query: object) {
  const request = requested<Parameters<typeof listEvaluations>[0]>({ query: { limit: 50, ...query } });
  const { body } = (await listEvaluations(request, metrics.deps)) as {
    body: { evaluations: { id: string }[]; nextCursor?: string };
  };
  return { ids: body.evaluations.map(({ id }) => id), nextCursor: body.nextCursor };
}

test('a tenant’s evaluations come newest first, by pages', async () => {
  await using metrics = await withEvaluations();
  expect(await listed(metrics, { limit: 2 })).toEqual({ ids: ['ev_3', 'ev_2'], nextCursor: 'ev_2' });
  expect(await listed(metrics, { cursor: 'ev_2' })).toEqual({ ids: ['ev_1'], nextCursor: undefined });
});

test('they are filtered by model and by predictions', async () => {
  await using metrics = await withEvaluations();
  expect((await listed(metrics, { model: 'm' })).ids).toEqual(['ev_3', 'ev_1']);
  expect((await listed(metrics, { predictionsId: 'ds_other' })).ids).toEqual([]);
});

test('one shows what was compared with what', async () => {
  await using metrics = await withEvaluations();
  const request = requested<Parameters<typeof getEvaluation>[0]>({ params: { id: 'ev_3' } });
  expect(await getEvaluation(request, metrics.deps)).toEqual({
    body: {
      id: 'ev_3',
      jobId: 'job of ev_3',
      predictionsId: 'ds_p',
      actualsId: 'ds_a',
      task: 'regression',
      column: 'z',
      predictionColumn: 'prediction',
      rows: 3,
      metrics: { mae: 1 },
      model: 'm',
      version: 2,
      createdAt: '1970-01-01T00:00:00.000Z',
    },
  });
});

test('another tenant’s evaluation is as unknown as one that never was', async () => {
  await using metrics = await withEvaluations();
  for (const id of ['ev_4', 'ev_9']) {
    const request = requested<Parameters<typeof getEvaluation>[0]>({ params: { id } });
    await expect(getEvaluation(request, metrics.deps)).rejects.toMatchObject({ code: 'evaluation-not-found' });
  }
});
