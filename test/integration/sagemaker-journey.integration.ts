import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPredictor, readModel } from '@bellwether/boosting';
import type { Job, ModelVersion } from '@bellwether/contracts';
import { sampleOrdersCsv } from '@bellwether/datasets';
import { readConfig } from '@bellwether/platform';
import { modelOfArchive, openSageMaker, sageMakerSettings } from '@bellwether/sagemaker';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { crashableProcess } from '../crash/crashable-process.ts';
import { type Client, clientOf } from '../platform/client.ts';
import { startPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { numbers, planeCsv } from '../platform/tables.ts';
import { freePorts } from '../stack/free-ports.ts';
import { type SageMakerPeer, startSageMakerPeer } from './sagemaker-platform.ts';

const iris = await readFile(new URL('../../samples/iris.npy', import.meta.url));
const xgboost = { algorithm: 'xgboost', hyperparameters: { num_round: 20, max_depth: 4 } };
const there = { backend: 'sagemaker', candidates: [xgboost] };

/** Two classes that trees tell apart, and a column with holes. */
function churnCsv(rows: number): string {
  const next = numbers(3);
  const lines = Array.from({ length: rows }, () => {
    const [age, spend] = [Math.floor(next() * 60), next() * 100];
    return `${age},${next() < 0.2 ? '' : spend.toFixed(2)},${age + spend / 4 > 45 ? 'stays' : 'leaves'}`;
  });
  return ['age,spend,outcome', ...lines, ''].join('\n');
}

let peer: SageMakerPeer;
let started: TestPlatform;
let user: Client;

beforeAll(async () => {
  peer = await startSageMakerPeer();
  started = await startPlatform({ env: peer.env });
  user = clientOf(started.url, 'u1');
}, 300_000);
beforeEach(async () => await peer.server.control({ reset: true, step: 0.02 }));
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

const submit = async (model: string, request: object) =>
  (await user.call<{ job: Job }>('POST', `/v1/models/${model}/training-jobs`, request)).body.job;
const callsOf = async (operation: string) => (await peer.server.calls()).filter((call) => call.operation === operation);
const bytesOf = async (key: string) => Buffer.concat(await (await peer.store.get(key)).toArray());

test('a request that says sagemaker ends with a champion that was trained there and answers here', async () => {
  const dataset = await user.upload('orders', sampleOrdersCsv(1500, 7), { roles: { target: 'amount' } });

  const job = await user.train('orders', {
    datasetId: dataset.id,
    backend: 'sagemaker',
    candidates: [xgboost, { algorithm: 'linear' }],
  });
  const versions = await user.leaderboard('orders');
  const champion = versions.find((version) => version.champion);
  const instance = Object.fromEntries((champion?.inputs ?? []).map(({ name }) => [name, null]));
  const predicted = await user.call<{ predictions: number[] }>('POST', '/v1/models/orders/predictions', {
    instances: [instance],
  });

  expect(job).toMatchObject({ status: 'succeeded', progress: 1 });
  const backends = Object.fromEntries(versions.map(({ algorithm, backend }) => [algorithm, backend]));
  expect(backends).toEqual({ xgboost: 'sagemaker', linear: 'local', baseline: 'local' });
  const trained = versions.find(({ algorithm }) => algorithm === 'xgboost');
  const baseline = versions.find(({ algorithm }) => algorithm === 'baseline');
  expect(trained?.metrics.rmse).toBeLessThan((baseline?.metrics.rmse ?? 0) * 0.8);
  expect(trained?.validationMetrics?.rmse).toBeGreaterThan(0);
  expect(predicted.body.predictions.every(Number.isFinite)).toBe(true);
  const [call] = await callsOf('CreateTrainingJob');
  expect(call?.request.HyperParameters).toMatchObject({ num_round: '20', max_depth: '4', tree_method: 'hist' });
});

test('two classes, three classes, a logarithm of the target: each model scores as it was trained to', async () => {
  const churn = await user.upload('churn', churnCsv(800));
  const flowers = await user.upload('iris', iris, { format: 'npy' });
  const orders = await user.upload('logged', sampleOrdersCsv(800, 7), { roles: { target: 'amount' } });

  await user.train('churn', { datasetId: churn.id, ...there });
  await user.train('iris', { datasetId: flowers.id, ...there });
  await user.train('logged', { datasetId: orders.id, logTarget: true, ...there });
  const best = async (model: string): Promise<ModelVersion | undefined> => (await user.leaderboard(model))[0];

  expect(await best('churn')).toMatchObject({ backend: 'sagemaker', champion: true });
  expect((await best('churn'))?.metrics.accuracy).toBeGreaterThan(0.85);
  expect((await best('iris'))?.metrics.accuracy).toBeGreaterThan(0.85);
  expect(await best('logged')).toMatchObject({ backend: 'sagemaker', logTarget: true });
});

test('what SageMaker predicts by its model for the rows it was given is what we predict by it, bit by bit', async () => {
  const dataset = await user.upload('exact', sampleOrdersCsv(1000, 3), { roles: { target: 'amount' } });
  const job = await user.train('exact', { datasetId: dataset.id, ...there });
  const [version] = await user.leaderboard('exact', `?jobId=${job.id}`);
  const folder = `sagemaker/u1/${version?.trialId}/`;
  const [created] = await callsOf('CreateTrainingJob');
  const name = String(created?.request.TrainingJobName);
  const artifact = `${folder}output/${name}/output/model.tar.gz`;
  const rows = (await bytesOf(`${folder}train/rows.csv`)).toString().trim().split('\n');
  const unlabelled = rows.map((row) => row.slice(row.indexOf(',') + 1));
  await peer.store.put(`${folder}again/rows.csv`, Buffer.from(`${unlabelled.join('\n')}\n`));

  const sagemaker = await openSageMaker(sageMakerSettings(readConfig(peer.env)));
  const uri = (key: string) => `s3://${peer.bucket}/${key}`;
  await sagemaker.createModel({ name, artifact: uri(artifact) });
  await sagemaker.startTransform({ name, model: name, input: uri(`${folder}again/`), output: uri(`${folder}out`) });
  await eventually('the transform job completed', async () => {
    const { kind } = await sagemaker.describeTransform(name);
    return kind === 'completed';
  });
  const trained = await sagemaker.describeTraining(name);
  sagemaker.close();
  const theirs = (await bytesOf(`${folder}out/rows.csv.out`)).toString().trim().split('\n').map(Number);
  const predictor = createPredictor(readModel(await modelOfArchive(await bytesOf(artifact))));
  const values = Float64Array.from(unlabelled.flatMap((row) => row.split(',').map(Number)));
  const columns = values.length / rows.length;
  const ours = predictor.predictRows({ rows: rows.length, columns, values });

  expect(theirs).toHaveLength(rows.length);
  expect([...ours]).toEqual(theirs.map(Math.fround));
  // As its trees saw the rows in training, by another reader of text than in the transform job.
  const errors = rows.map((row, index) => (Number.parseFloat(row) - (ours[index] as number)) ** 2);
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / rows.length);
  expect(trained.kind === 'completed' ? (trained.metrics['train:rmse'] ?? 0) / rmse : 0).toBeCloseTo(1, 5);
});

test.each([
  ['a number', 'amounts', () => sampleOrdersCsv(600, 5), { roles: { target: 'amount' } }],
  ['two labels', 'outcomes', () => churnCsv(600), {}],
  ['three labels', 'flowers', () => iris, { format: 'npy' }],
])('all rows of a dataset are predicted there as they are here: %s', async (_, model, content, request) => {
  const dataset = await user.upload(model, content(), request);
  await user.train(model, { datasetId: dataset.id, candidates: [xgboost] });
  const version = (await user.leaderboard(model)).find(({ algorithm }) => algorithm === 'xgboost')?.version;
  const predict = async (backend: string) => {
    const ask = { datasetId: dataset.id, version, backend, name: `${model}-${backend}` };
    const { body } = await user.call<{ job: Job }>('POST', `/v1/models/${model}/batch-predictions`, ask);
    const job = await user.finished(body.job.id);
    const { datasetId } = (job.result ?? {}) as { datasetId?: string };
    const rows = await user.call<{ rows: Record<string, unknown>[] }>(
      'GET',
      `/v1/datasets/${datasetId}/rows?limit=100`,
    );
    return { job, rows: rows.body.rows };
  };

  const here = await predict('local');
  const there = await predict('sagemaker');

  expect(there.job).toMatchObject({ status: 'succeeded', result: { rows: dataset.rows } });
  expect(there.rows).toHaveLength(100);
  for (const [index, row] of there.rows.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const expected = here.rows[index]?.[name];
      // SageMaker's are float32, and ours are not where a link is computed.
      if (typeof value === 'number') expect(value / ((expected as number) || 1)).toBeCloseTo(expected === 0 ? 0 : 1, 5);
      else expect(value).toEqual(expected);
    }
  }
  expect(await callsOf('CreateTransformJob')).toHaveLength(1);
  expect(await callsOf('DeleteModel')).toHaveLength(1);
});

test('a search asks for one job a trial, each with settings of its own', async () => {
  const dataset = await user.upload('searched', planeCsv(300));
  const candidates = [{ ...xgboost, search: { trials: 5 } }];

  const job = await user.train('searched', { datasetId: dataset.id, backend: 'sagemaker', candidates });

  const orders = (await callsOf('CreateTrainingJob')).map(({ request }) => JSON.stringify(request.HyperParameters));
  expect(job).toMatchObject({ status: 'succeeded', result: { failed: [] } });
  expect(new Set(orders).size).toBe(5);
});

describe('what goes wrong there', () => {
  const planeOf = async () => (await user.upload('plane', planeCsv(300))).id;

  test('a job that fails there fails its trial with SageMaker’s reason, and the job here goes on without it', async () => {
    await peer.server.control({ jobs: [{ fail: 'AlgorithmError: out of memory, exit code: 137' }] });

    const job = await user.train('failing', { datasetId: await planeOf(), ...there });

    expect(job.status).toBe('succeeded');
    expect((job.result as { failed: object[] }).failed).toEqual([
      { algorithm: 'xgboost', error: 'sagemaker-failed: AlgorithmError: out of memory, exit code: 137' },
    ]);
  });

  test('a quota that is used up, throttling and a refused look only make the trial wait', async () => {
    await peer.server.control({
      calls: [
        { operation: 'CreateTrainingJob', error: 'ResourceLimitExceeded' },
        { operation: 'DescribeTrainingJob', error: 'ThrottlingException', times: 4 },
      ],
    });

    const job = await user.train('patient', { datasetId: await planeOf(), ...there });

    expect(job).toMatchObject({ status: 'succeeded', result: { failed: [] } });
    expect((await callsOf('CreateTrainingJob')).length).toBe(2);
  });

  test('a cancelled job has its job there stopped', async () => {
    await peer.server.control({ jobs: [{ stall: 'Training' }] });
    const job = await submit('cancelled', { datasetId: await planeOf(), ...there });
    await eventually('the job there asked for', async () => (await callsOf('CreateTrainingJob')).length > 0);

    await user.call('POST', `/v1/jobs/${job.id}/cancel`);

    expect((await user.finished(job.id)).status).toBe('cancelled');
    await eventually('the job there stopped', async () => (await callsOf('StopTrainingJob')).length > 0);
  });

  test('a cancelled batch prediction has its transform job stopped; one that fails says why', async () => {
    const datasetId = await planeOf();
    await user.train('batch', { datasetId, candidates: [xgboost] });
    const ask = async () => {
      const versions = await user.leaderboard('batch');
      const version = versions.find(({ algorithm }) => algorithm === 'xgboost')?.version;
      const request = { datasetId, version, backend: 'sagemaker' };
      return (await user.call<{ job: Job }>('POST', '/v1/models/batch/batch-predictions', request)).body.job.id;
    };
    await peer.server.control({ jobs: [{ fail: 'ClientError: no instance' }, { stall: 'Transforming' }] });

    const failed = await user.finished(await ask());
    const stalled = await ask();
    await eventually('the transform job asked for', async () => (await callsOf('CreateTransformJob')).length > 1);
    await user.call('POST', `/v1/jobs/${stalled}/cancel`);

    expect(failed).toMatchObject({ status: 'failed', error: { code: 'sagemaker-failed' } });
    expect((await user.finished(stalled)).status).toBe('cancelled');
    await eventually('the transform job stopped', async () => (await callsOf('StopTransformJob')).length > 0);
  });

  test('a request that SageMaker cannot serve is refused at once', async () => {
    const datasetId = await planeOf();
    const ask = (request: object) => user.refusal('POST', '/v1/models/m/training-jobs', { datasetId, ...request });
    const quantile = { algorithm: 'linear' };
    await using bare = await startPlatform();
    const stranger = clientOf(bare.url, 'u1');
    const other = await stranger.upload('plane', planeCsv(300));

    expect(await ask({ backend: 'sagemaker', candidates: [quantile] })).toMatchObject({
      status: 422,
      body: { code: 'backend-unfit' },
    });
    expect(
      await stranger.refusal('POST', '/v1/models/m/training-jobs', { datasetId: other.id, ...there }),
    ).toMatchObject({ status: 422, body: { code: 'sagemaker-not-configured', field: 'backend' } });
  });
});

test('kill -9 while a job runs there loses nothing: the next process finds it, and asks for no second one', async () => {
  using folder = temporaryFolder();
  const port = await freePorts(1);
  const platform = crashableProcess({
    name: 'platform',
    script: 'packages/cli/src/main.ts',
    args: ['serve', '--port', String(port), '--data-dir', join(folder.path, 'data')],
    port,
    env: { ...peer.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    log: join(folder.path, 'log'),
  });
  await platform.start();
  const owner = clientOf(platform.url, 'u1');
  const dataset = await owner.upload('plane', planeCsv(300));
  // Slow enough to be running when the process is killed.
  await peer.server.control({ step: 0.5 });
  const { body } = await owner.call<{ job: Job }>('POST', '/v1/models/m/training-jobs', {
    datasetId: dataset.id,
    ...there,
  });
  await eventually('the job there asked for', async () => (await callsOf('CreateTrainingJob')).length > 0);

  await platform.kill();
  await platform.start();
  const job = await owner.finished(body.job.id);
  await platform.stop();

  expect(job).toMatchObject({ status: 'succeeded', result: { failed: [] } });
  expect(await callsOf('CreateTrainingJob')).toHaveLength(1);
});
