import type { Evaluation, Job, JobEvent } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { numbers, planeCsv } from './platform/tables.ts';

type User = ReturnType<typeof clientOf>;

async function accepted(user: User, path: string, body: object): Promise<Job> {
  const answer = await user.call<{ job: Job }>('POST', path, body);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return await user.finished(answer.body.job.id);
}

const rowsOf = async (user: User, datasetId: string) =>
  (await user.call<{ rows: Record<string, unknown>[] }>('GET', `/v1/datasets/${datasetId}/rows?limit=1000`)).body.rows;

async function split(user: User, datasetId: string) {
  const job = await accepted(user, `/v1/datasets/${datasetId}/enrichments`, { split: { testFraction: 0.25 } });
  return (job.result as { datasets: Record<'train' | 'test' | 'actuals', string> }).datasets;
}

const linear = [{ algorithm: 'linear' }];

test('train, predict the test part as a dataset, and score it against what really happened', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(400), { roles: { target: 'z' } });
  const parts = await split(user, dataset.id);
  await user.train('plane', { datasetId: parts.train, candidates: linear });

  const predicted = await accepted(user, '/v1/models/plane/batch-predictions', { datasetId: parts.test });
  const { datasetId, version } = predicted.result as { datasetId: string; version: number };
  const predictions = await user.call('GET', `/v1/datasets/${datasetId}`);
  const [source, rows] = [await rowsOf(user, parts.test), await rowsOf(user, datasetId)];
  const online = await user.call<{ predictions: number[] }>('POST', '/v1/models/plane/predictions', {
    instances: source.map(({ x, y }) => ({ x, y })),
  });

  expect(predicted).toMatchObject({
    kind: 'batch-prediction',
    status: 'succeeded',
    progress: 1,
    result: { model: 'plane', rows: 100, predictionColumn: 'prediction', probabilityColumns: [] },
  });
  expect(predictions.body).toMatchObject({
    name: 'plane-test-predictions',
    parents: [parts.test],
    recipe: { model: 'plane', version, jobId: predicted.id },
  });
  expect(rows).toEqual(source.map((row, index) => ({ ...row, prediction: online.body.predictions[index] })));

  type Explained = { predictions: number[]; explanations: { baseValue: number; contributions: object }[] };
  const instances = [source[0]].map((row) => ({ x: row?.x, y: row?.y }));
  const explained = await user.call<Explained>('POST', '/v1/models/plane/predictions', { instances, explain: true });
  const [explanation] = explained.body.explanations;
  const contributed = Object.values(explanation?.contributions ?? {}).reduce((sum, value) => sum + value, 0);
  expect(Object.keys(explanation?.contributions ?? {})).toEqual(['x', 'y']);
  expect((explanation?.baseValue ?? 0) + contributed).toBeCloseTo(explained.body.predictions[0] ?? 0, 9);

  const evaluated = await accepted(user, '/v1/evaluations', { predictionsId: datasetId, actualsId: parts.actuals });
  const { evaluationId, metrics } = evaluated.result as { evaluationId: string; metrics: Evaluation['metrics'] };
  const evaluation = await user.call<Evaluation>('GET', `/v1/evaluations/${evaluationId}`);
  const listed = await user.call<{ evaluations: Evaluation[] }>('GET', '/v1/evaluations?model=plane');
  // The timeline is told by messages: its last line comes a little after the job's end.
  const events = await eventually('both lines of the timeline', async () => {
    const timeline = await user.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${evaluated.id}/events`);
    return timeline.body.events.length > 1 && timeline.body.events;
  });

  const actual = new Map((await rowsOf(user, parts.actuals)).map(({ row_id, z }) => [row_id, z as number]));
  const errors = rows.map((row) => (row.prediction as number) - (actual.get(row.row_id) as number));
  const mse = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  expect(metrics.mse).toBeCloseTo(mse, 12);
  expect(metrics.r2).toBeGreaterThan(0.99);
  expect(evaluation.body).toMatchObject({
    task: 'regression',
    rowId: 'row_id',
    column: 'z',
    rows: 100,
    version,
    metrics,
  });
  expect(listed.body.evaluations).toEqual([evaluation.body]);
  expect(events.map(({ type }) => type)).toEqual(['evaluation.requested', 'evaluation.finished']);
});

test('labels come back as they were uploaded, with a probability each, and one dataset can hold both sides', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const next = numbers(5);
  const lines = Array.from({ length: 300 }, () => {
    const x = next() * 10;
    return `${x.toFixed(3)},${x + next() > 5 ? 'yes' : 'no'}`;
  });
  const dataset = await user.upload('words', ['x,bought', ...lines, ''].join('\n'), { roles: { target: 'bought' } });
  await user.train('words', { datasetId: dataset.id, candidates: linear });

  const predicted = await accepted(user, '/v1/models/words/batch-predictions', { datasetId: dataset.id });
  const { datasetId, probabilityColumns } = predicted.result as { datasetId: string; probabilityColumns: string[] };
  const rows = await rowsOf(user, datasetId);
  const evaluated = await accepted(user, '/v1/evaluations', { predictionsId: datasetId });

  expect(probabilityColumns).toEqual(['probability_no', 'probability_yes']);
  const right = rows.filter(({ bought, prediction }) => bought === prediction).length / rows.length;
  expect(new Set(rows.map(({ prediction }) => prediction))).toEqual(new Set(['yes', 'no']));
  expect(evaluated.result).toMatchObject({ task: 'classification', rows: 300 });
  const { metrics } = evaluated.result as { metrics: Evaluation['metrics'] };
  expect(metrics.accuracy).toBeCloseTo(right, 12);
  expect(Object.keys(metrics).toSorted()).toEqual(['accuracy', 'auc', 'balancedAccuracy', 'f1', 'logLoss']);
});

test('what cannot be predicted or scored is refused at once, and says how to mend it', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(100), { roles: { target: 'z' } });
  const other = await user.upload('other', 'x,w\n1,2\n3,4\n');
  await user.train('plane', { datasetId: dataset.id, candidates: linear });
  const batch = '/v1/models/plane/batch-predictions';

  const refusals = [
    await user.refusal('POST', batch, { datasetId: other.id }),
    await user.refusal('POST', batch, { datasetId: 'ds_nowhere' }),
    await user.refusal('POST', batch, { datasetId: dataset.id, version: 99 }),
    await user.refusal('POST', '/v1/evaluations', { predictionsId: dataset.id }),
    await user.refusal('POST', '/v1/evaluations', {
      predictionsId: dataset.id,
      predictionColumn: 'x',
      actualsId: other.id,
      column: 'w',
    }),
    await clientOf(started.url, 'u2').refusal('POST', '/v1/evaluations', { predictionsId: dataset.id }),
  ];

  expect(refusals.map(({ status, body }) => [status, body.code, body.field])).toEqual([
    [422, 'column-missing', 'datasetId'],
    [404, 'dataset-not-found', 'datasetId'],
    [404, 'version-not-found', 'version'],
    [422, 'column-missing', 'predictionColumn'],
    [422, 'rows-differ', 'actualsId'],
    [404, 'dataset-not-found', 'predictionsId'],
  ]);
  for (const { body } of refusals) expect(body.cure).toBeDefined();
});

test('similar rows: the same category and the nearest number, found in the stored table', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const csv = 'cut,carat,price\nIdeal,1.0,10\nGood,1.2,11\nIdeal,1.5,12\nIdeal,1.1,13\nIdeal,1.3,14\n';
  const { id } = await user.upload('gems', csv);

  const found = await user.call('GET', `/v1/datasets/${id}/similar?n=2&by=cut&near=carat&carat=1.2&cut=Ideal`);
  const refused = await user.refusal('GET', `/v1/datasets/${id}/similar?by=cut&near=cut&cut=Ideal`);

  expect(found.body).toMatchObject({
    matching: 4,
    rows: [
      { row: 4, values: { cut: 'Ideal', carat: 1.1, price: 13 } },
      { row: 5, values: { cut: 'Ideal', carat: 1.3, price: 14 } },
    ],
  });
  expect(refused).toMatchObject({ status: 422, body: { code: 'column-not-numeric', field: 'near' } });
});
