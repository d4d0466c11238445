import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, type ObjectStore, openS3Store } from '@bellwether/platform';
import { openSageMaker, type SageMaker, type TrainingOrder } from '@bellwether/sagemaker';
import { eventually } from '@bellwether/testkit';
import { type SageMakerServer, startMoto, startSageMaker } from '@bellwether/testkit/sagemaker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsAt } from './sagemaker-platform.ts';

const s3Endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://localhost:4566';
const bucket = randomUUID();
const hyperparameters = { num_round: '5', objective: 'reg:squarederror', tree_method: 'hist' };
const rows = Array.from({ length: 200 }, (_, row) => `${row * 0.5},${row % 7},${row % 5 === 0 ? '' : row}`);

// The SDK reads its credentials from the environment and nowhere else.
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });

async function bucketAt(endpoint: string): Promise<ObjectStore> {
  const client = createS3Client({ region: 'us-east-1', endpoint });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = openS3Store({ client, bucket });
  await store.put('train/rows.csv', Buffer.from(`${rows.join('\n')}\n`));
  return store;
}

const uri = (key: string) => `s3://${bucket}/${key}`;
const orderOf = (name: string, change: Partial<TrainingOrder> = {}): TrainingOrder => ({
  name,
  hyperparameters,
  channels: { train: uri('train/'), validation: uri('train/') },
  output: uri('output'),
  ...change,
});

const freshName = () => `job-${randomUUID()}`;

async function ended(sagemaker: SageMaker, name: string) {
  return await eventually('the end of the job', async () => {
    const state = await sagemaker.describeTraining(name);
    return state.kind === 'running' || state.kind === 'busy' ? undefined : state;
  });
}

async function textOf(store: ObjectStore, key: string): Promise<string> {
  return Buffer.concat(await (await store.get(key)).toArray()).toString();
}

describe('on a SageMaker that trains', () => {
  let server: SageMakerServer;
  let sagemaker: SageMaker;
  let store: ObjectStore;
  beforeAll(async () => {
    server = await startSageMaker({ s3Endpoint, step: 0.02 });
    sagemaker = await openSageMaker(settingsAt(server.endpoint, bucket));
    store = await bucketAt(s3Endpoint);
  }, 300_000);
  beforeEach(async () => await server.control({ reset: true }));
  afterAll(async () => {
    sagemaker.close();
    await store.close();
    await server[Symbol.asyncDispose]();
  });

  test('a job goes through SageMaker’s statuses and leaves an artifact and its metrics', async () => {
    const name = freshName();

    expect(await sagemaker.describeTraining(name)).toEqual({ kind: 'absent' });
    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
    const state = await ended(sagemaker, name);

    expect(state).toEqual({
      kind: 'completed',
      artifact: uri(`output/${name}/output/model.tar.gz`),
      metrics: { 'train:rmse': expect.any(Number), 'validation:rmse': expect.any(Number) },
    });
    expect(await store.head(`output/${name}/output/model.tar.gz`)).toBeDefined();
  });

  test('a job that is asked for twice runs once', async () => {
    const name = freshName();

    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
  });

  test('what SageMaker’s container does not take fails the job with its reason', async () => {
    const name = freshName();
    await sagemaker.startTraining(orderOf(name, { hyperparameters: { ...hyperparameters, depth: '3' } }));

    expect(await ended(sagemaker, name)).toEqual({
      kind: 'failed',
      reason: expect.stringContaining('Extraneous hyperparameter found: depth'),
    });
  });

  test('a channel without objects fails the job', async () => {
    const name = freshName();
    await sagemaker.startTraining(orderOf(name, { channels: { train: uri('nowhere/') } }));

    expect(await ended(sagemaker, name)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('nowhere') });
  });

  test('a job that hangs is stopped; to stop it again, or one that never was, needs nothing', async () => {
    const name = freshName();
    await server.control({ jobs: [{ stall: 'Training' }] });
    await sagemaker.startTraining(orderOf(name));

    expect(await sagemaker.stopTraining(name)).toEqual({ kind: 'stopping' });
    expect(await ended(sagemaker, name)).toEqual({ kind: 'stopped', reason: 'somebody stopped it' });
    expect(await sagemaker.stopTraining(name)).toEqual({ kind: 'stopping' });
    expect(await sagemaker.stopTraining(freshName())).toEqual({ kind: 'stopping' });
  });

  test.each([
    ['throttled', 'ThrottlingException'],
    ['a quota that is used up', 'ResourceLimitExceeded'],
  ])('%s: the call is busy, and the next one is not', async (_, error) => {
    const name = freshName();
    // As often as the SDK tries by itself.
    await server.control({ calls: [{ operation: 'CreateTrainingJob', error, times: 3 }] });

    const busy = await sagemaker.startTraining(orderOf(name));
    await server.control({ reset: true });

    expect(busy).toEqual({ kind: 'busy', reason: expect.stringContaining(error) });
    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
  });

  test('what may not be called is refused for good, in SageMaker’s words', async () => {
    await server.control({ calls: [{ operation: 'CreateTrainingJob', error: 'AccessDeniedException' }] });

    await expect(sagemaker.startTraining(orderOf(freshName()))).rejects.toMatchObject({
      code: 'sagemaker-refused',
      message: expect.stringContaining('AccessDeniedException'),
    });
    const unknown = settingsAt(server.endpoint, bucket);
    const other = await openSageMaker({ ...unknown, image: 'mine:1' });
    await expect(other.startTraining(orderOf(freshName()))).rejects.toMatchObject({ code: 'sagemaker-refused' });
    other.close();
  });

  test('a server that does not answer is busy', async () => {
    const nobody = await openSageMaker(settingsAt('http://127.0.0.1:1', bucket));

    expect(await nobody.describeTraining('any')).toEqual({
      kind: 'busy',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    nobody.close();
  });

  test('a transform job predicts each line of each object, in order', async () => {
    const name = freshName();
    await sagemaker.startTraining(orderOf(name));
    await ended(sagemaker, name);
    await store.put(`${name}/input/first.csv`, Buffer.from('1,7\n,9\n3,\n'));
    await store.put(`${name}/input/second.csv`, Buffer.from('1,7\n'));
    const transform = {
      name,
      model: name,
      input: uri(`${name}/input/`),
      output: uri(`${name}/predictions`),
    };

    const made = { name, artifact: uri(`output/${name}/output/model.tar.gz`) };
    expect(await sagemaker.createModel(made)).toEqual({ kind: 'done' });
    expect(await sagemaker.createModel(made)).toEqual({ kind: 'done' });
    expect(await sagemaker.startTransform(transform)).toEqual({ kind: 'done' });
    expect(await sagemaker.startTransform(transform)).toEqual({ kind: 'done' });
    await eventually(
      'the end of the job',
      async () => (await sagemaker.describeTransform(name)).kind === 'completed' || undefined,
    );

    const first = (await textOf(store, `${name}/predictions/first.csv.out`)).trim().split('\n');
    const second = (await textOf(store, `${name}/predictions/second.csv.out`)).trim().split('\n');
    expect(first).toHaveLength(3);
    expect(second).toEqual(first.slice(0, 1));
    expect(await sagemaker.deleteModel(name)).toEqual({ kind: 'done' });
    expect(await sagemaker.deleteModel(name)).toEqual({ kind: 'done' });
  });

  test('a transform job that cannot be served fails with its reason; one that never was is absent', async () => {
    const name = freshName();
    await sagemaker.createModel({ name, artifact: uri('nothing/model.tar.gz') });
    await sagemaker.startTransform({ name, model: name, input: uri('train/'), output: uri('never') });

    const state = await eventually('the end of the job', async () => {
      const now = await sagemaker.describeTransform(name);
      return now.kind === 'running' ? undefined : now;
    });
    expect(state).toMatchObject({ kind: 'failed', reason: expect.any(String) });
    expect(await sagemaker.describeTransform(freshName())).toEqual({ kind: 'absent' });
    expect(await sagemaker.stopTransform(name)).toEqual({ kind: 'done' });
  });
});

describe('moto has the same shapes', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let sagemaker: SageMaker;
  beforeAll(async () => {
    moto = await startMoto();
    sagemaker = await openSageMaker(settingsAt(moto.endpoint, bucket));
  }, 300_000);
  afterAll(async () => {
    sagemaker.close();
    await moto[Symbol.asyncDispose]();
  });

  test('a job is absent, then asked for once and twice, then completed', async () => {
    const name = freshName();

    expect(await sagemaker.describeTraining(name)).toEqual({ kind: 'absent' });
    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
    expect(await sagemaker.startTraining(orderOf(name))).toEqual({ kind: 'started' });
    expect(await ended(sagemaker, name)).toMatchObject({
      kind: 'completed',
      artifact: uri(`output/${name}/output/model.tar.gz`),
    });
  });

  test('a transform job is absent, then asked for once and twice, then completed', async () => {
    const name = freshName();
    const made = { name, artifact: uri(`output/${name}/output/model.tar.gz`) };
    const transform = { name, model: name, input: uri('in/'), output: uri('out') };

    expect(await sagemaker.describeTransform(name)).toEqual({ kind: 'absent' });
    expect(await sagemaker.createModel(made)).toEqual({ kind: 'done' });
    expect(await sagemaker.createModel(made)).toEqual({ kind: 'done' });
    expect(await sagemaker.startTransform(transform)).toEqual({ kind: 'done' });
    expect(await sagemaker.startTransform(transform)).toEqual({ kind: 'done' });
    expect(await sagemaker.describeTransform(name)).toEqual({ kind: 'completed' });
    expect(await sagemaker.deleteModel(name)).toEqual({ kind: 'done' });
    expect(await sagemaker.deleteModel(name)).toEqual({ kind: 'done' });
  });
});
