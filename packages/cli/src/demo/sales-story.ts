import { fileURLToPath } from 'node:url';
import type { Evaluation, Series } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { CommandFailure } from '../failure.ts';
import { count, figure } from '../terminal/figures.ts';
import type { Progress } from '../terminal/progress.ts';
import { uploadAndValidate } from '../training/dataset-steps.ts';
import { train } from '../training/training-steps.ts';

export interface SalesStory {
  readonly series: readonly string[];
  readonly rows: { readonly train: number; readonly test: number };
  readonly metrics: Evaluation['metrics'];
}

const model = 'sales';
const wanted = ['UNRATE', 'CPIAUCSL'];

/**
 * Sales and the economy: series are joined as of each row's date, the last fifth by time is predicted as a job, and the
 * predictions are compared with the real values.
 *
 * @throws CommandFailure `demo-wrong` when the predictions are no better than the mean
 */
export async function tellSales(
  client: Client,
  say: (text: string) => void,
  progress: Progress,
  signal: AbortSignal,
): Promise<SalesStory> {
  const { series } = await client.call('searchSeries', { query: { search: 'unemployment rate' } }, signal);
  say(`GET /v1/series?search=unemployment+rate\n  → ${seriesLine(series[0])}\n`);
  const file = fileURLToPath(new URL('../../../../samples/sales.csv', import.meta.url));
  const roles = { timestamp: 'OrderDate', target: 'Quantity' };
  const dataset = await uploadAndValidate(client, { file, name: model, roles }, progress, signal);
  const body = { steps: [{ kind: 'macro' as const, series: wanted }], split: {} };
  const enrichment = await client.call('createEnrichment', { params: { id: dataset.id }, body }, signal);
  const enriched = await completeJob(client, enrichment.job, 'enriching', progress, signal);
  const { datasets } = enriched.result as { datasets: { train: string; test: string; actuals: string } };
  const rowsOf = async (id: string) => (await client.call('getDataset', { params: { id } }, signal)).rows ?? 0;
  const rows = { train: await rowsOf(datasets.train), test: await rowsOf(datasets.test) };
  say(
    `Joined ${wanted.join(' and ')}: ${count(rows.train)} rows to learn from, the last ${count(rows.test)} to predict.\n`,
  );
  await train(client, model, { datasetId: datasets.train, candidates: [{ algorithm: 'linear' }] }, progress, signal);
  const metrics = await compare(client, datasets, progress, signal);
  if ((metrics.r2 ?? 0) > 0) return { series: wanted, rows, metrics };
  throw new CommandFailure('demo-wrong', `The predictions of ${model} are no better than the mean.`);
}

async function compare(
  client: Client,
  { test, actuals }: { readonly test: string; readonly actuals: string },
  progress: Progress,
  signal: AbortSignal,
): Promise<Evaluation['metrics']> {
  const asked = await client.call(
    'createBatchPrediction',
    { params: { name: model }, body: { datasetId: test } },
    signal,
  );
  const predicted = await completeJob(client, asked.job, 'predicting the test set', progress, signal);
  const { datasetId: predictionsId } = predicted.result as { datasetId: string };
  const evaluation = await client.call('createEvaluation', { body: { predictionsId, actualsId: actuals } }, signal);
  const evaluated = await completeJob(client, evaluation.job, 'comparing', progress, signal);
  return (evaluated.result as Pick<Evaluation, 'metrics'>).metrics;
}

const seriesLine = (series: Series | undefined): string =>
  series === undefined ? 'nothing' : `${series.id}: ${series.title}, ${series.units}, ${series.frequency}`;

/** What came out, for the screen. */
export const salesLine = ({ metrics }: SalesStory): string =>
  `mean squared error ${figure(metrics.mse)}, R² ${figure(metrics.r2)}`;
