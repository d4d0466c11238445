import { expect } from '@jest/globals';

type Json = Record<string, unknown>;
const parsed = (text: string | undefined): Json => JSON.parse(text ?? '');

/** What the commands of docs/inventory.md have to print, wherever the platform runs and its models are trained. */
export function expectInventoryStory(outputs: readonly string[]): void {
  const [head, , found, narrowed, uploaded, preprocessed, trained, predicted, results, lists, commandLine] = outputs;
  expect(outputs).toHaveLength(11);
  expect(head).toMatch(/^OrderDate,/);

  expect(parsed(found)).toMatchObject({
    count: 1,
    offset: 0,
    limit: 10,
    seriess: [
      { id: 'UNRATE', units_short: '%', frequency_short: 'Q', seasonal_adjustment_short: 'SA', popularity: 96 },
    ],
  });
  expect(parsed(narrowed)).toMatchObject({ count: 1, seriess: [{ id: 'GDPC1', frequency_short: 'Q' }] });
  expect(uploaded).toBe('ready\n');
  expect(parsed(preprocessed)).toMatchObject({
    kind: 'enrichment',
    status: 'succeeded',
    train_dataset_id: expect.stringMatching(/^ds_/),
  });
  expect(parsed(trained)).toMatchObject({
    kind: 'training',
    status: 'succeeded',
    model: 'sales',
    trials: expect.arrayContaining([expect.objectContaining({ algorithm: 'xgboost', status: 'succeeded' })]),
  });

  const [started, ended] = (predicted ?? '').split(/(?<=\})\n?(?=\{)/).map(parsed);
  expect(started).toMatchObject({ kind: 'batch-prediction', status: 'queued', model: 'sales' });
  expect(ended).toMatchObject({
    job_id: started?.job_id,
    status: 'succeeded',
    training_job_id: parsed(trained).job_id,
  });

  const {
    mean_squared_error: mse,
    rows,
    metrics,
  } = parsed(results) as {
    mean_squared_error: number;
    rows: number;
    metrics: { rmse: number; mse: number; r2: number };
  };
  expect(rows).toBe(208);
  expect(mse).toBe(metrics.mse);
  expect(Math.sqrt(mse)).toBeCloseTo(metrics.rmse, 9);
  expect(metrics.r2).toBeGreaterThan(0.5);

  const [datasets, models, jobs] = (lists ?? '').split(/(?<=\})\n?(?=\{)/).map(parsed) as [
    { datasets: Json[] },
    { models: Json[] },
    { jobs: Json[] },
  ];
  expect(datasets.datasets.map(({ part }) => part)).toEqual(expect.arrayContaining(['train', 'test', 'actuals']));
  expect(models.models).toMatchObject([{ name: 'sales' }]);
  expect(jobs.jobs.map(({ kind }) => kind)).toEqual(['evaluation', 'batch-prediction', 'training', 'enrichment']);
  expect(commandLine).toMatch(/^ *id +title/);
  expect(commandLine).toMatch(/sales-by-hand predicts Quantity by regression/);
  expect(commandLine).toMatch(/mse +[\d.,]+/);
}
