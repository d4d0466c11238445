import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, type ObjectStore, openS3Store } from '@bellwether/platform';
import { type AutoMlOrder, openSageMaker, type SageMaker } from '@bellwether/sagemaker';
import { eventually } from '@bellwether/testkit';
import { type SageMakerServer, startMoto, startSageMaker } from '@bellwether/testkit/sagemaker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsAt } from './sagemaker-platform.ts';

const s3Endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://localhost:4566';
const bucket = randomUUID();
const columns = { item: 'item_id', time: 'timestamp', target: 'target_value' };

// The SDK reads its credentials from the environment and nowhere else.
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });

/** Months that repeat after a year: of item `a` 100 to 111, of `b` ten times that. */
const months = (count: number) =>
  ['a', 'b'].flatMap((item, place) =>
    Array.from({ length: count }, (_, at) => {
      const stamp = `${2015 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01 00:00:00`;
      return `${item},${stamp},${(100 + (at % 12)) * (place === 0 ? 1 : 10)}`;
    }),
  );
const csv = (rows: readonly string[]) => Buffer.from(`${[Object.values(columns).join(','), ...rows].join('\n')}\n`);

const uri = (key: string) => `s3://${bucket}/${key}`;
const freshName = () => `job-${randomUUID().slice(0, 20)}`;
const orderOf = (name: string, change: Partial<AutoMlOrder> = {}): AutoMlOrder => ({
  name,
  input: uri('train/'),
  output: uri('automl'),
  frequency: 'M',
  horizon: 3,
  quantiles: ['p10', 'p50', 'p90'],
  columns,
  filling: { target_value: { middlefill: 'nan', backfill: 'nan' } },
  ...change,
});

const ended = (sagemaker: SageMaker, name: string) =>
  eventually('the end of the job', async () => {
    const state = await sagemaker.describeAutoMl(name);
    return state.kind === 'running' || state.kind === 'busy' ? undefined : state;
  });

describe('on a SageMaker that forecasts', () => {
  let server: SageMakerServer;
  let sagemaker: SageMaker;
  let store: ObjectStore;
  beforeAll(async () => {
    server = await startSageMaker({ s3Endpoint, step: 0.02 });
    sagemaker = await openSageMaker(settingsAt(server.endpoint, bucket));
    const client = createS3Client({ region: 'us-east-1', endpoint: s3Endpoint });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    store = openS3Store({ client, bucket });
    await store.put('train/rows.csv', csv(months(48)));
  }, 300_000);
  beforeEach(async () => await server.control({ reset: true }));
  afterAll(async () => {
    sagemaker.close();
    await store.close();
    await server[Symbol.asyncDispose]();
  });

  test('a job finds a candidate, whose model forecasts each file from its own end', async () => {
    const name = freshName();
    await store.put(`${name}/runs/all.csv`, csv(months(48)));
    await store.put(
      `${name}/runs/earlier.csv`,
      csv(months(41).filter((row) => row.startsWith('b') || row < 'a,2018-05')),
    );

    expect(await sagemaker.describeAutoMl(name)).toEqual({ kind: 'absent' });
    expect(await sagemaker.startAutoMl(orderOf(name))).toEqual({ kind: 'started' });
    expect(await sagemaker.startAutoMl(orderOf(name))).toEqual({ kind: 'started' });
    const state = await ended(sagemaker, name);
    const candidate = state.kind === 'completed' ? state.candidate : undefined;
    const containers = candidate?.containers ?? [];
    expect(await sagemaker.createCandidateModel({ name, containers })).toEqual({ kind: 'done' });
    expect(await sagemaker.createCandidateModel({ name, containers })).toEqual({ kind: 'done' });
    const [input, output] = [uri(`${name}/runs/`), uri(`${name}/forecasts`)];
    await sagemaker.startTransform({ name, model: name, input, output, whole: true });
    await eventually('the forecasts', async () => (await sagemaker.describeTransform(name)).kind === 'completed');
    const answer = async (file: string) =>
      Buffer.concat(await (await store.get(`${name}/forecasts/${file}.out`)).toArray())
        .toString()
        .trim()
        .split('\n');

    expect(candidate?.metrics).toMatchObject({ AverageWeightedQuantileLoss: 0, WAPE: 0, MASE: 0 });
    expect(await answer('all.csv')).toEqual([
      'item_id,timestamp,p10,p50,p90,mean',
      ...[0, 1, 2].map(
        (at) =>
          `a,2019-0${at + 1}-01 00:00:00,${Array(4)
            .fill(`${100 + at}.0`)
            .join(',')}`,
      ),
      ...[0, 1, 2].map(
        (at) =>
          `b,2019-0${at + 1}-01 00:00:00,${Array(4)
            .fill(`${1000 + 10 * at}.0`)
            .join(',')}`,
      ),
    ]);
    expect((await answer('earlier.csv')).map((line) => line.split(',').slice(0, 2).join(' ').slice(0, 9))).toEqual([
      'item_id t',
      ...['a', 'b'].flatMap((item) => ['06', '07', '08'].map((month) => `${item} 2018-${month}`)),
    ]);
    expect(await sagemaker.deleteModel(name)).toEqual({ kind: 'done' });
  });

  test.each([
    ['a horizon beyond a quarter of the history', { horizon: 13 }, '1/4'],
    ['a column that is not there', { columns: { ...columns, target: 'sales' } }, 'sales'],
    ['no data', { input: uri('nowhere/') }, 'No S3 objects'],
  ])('%s fails the job with the reason', async (_, change, reason) => {
    const name = freshName();
    await sagemaker.startAutoMl(orderOf(name, { filling: { target_value: { middlefill: 'zero' } }, ...change }));

    expect(await ended(sagemaker, name)).toEqual({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  test.each<[string, Partial<AutoMlOrder>]>([
    ['a frequency that is none', { frequency: '60min' }],
    ['a quantile between percents', { quantiles: ['p2.5'] }],
    ['six quantiles', { quantiles: ['p10', 'p20', 'p30', 'p40', 'p50', 'p60'] }],
    ['an algorithm of tables', { algorithms: ['xgboost'] }],
    ['a horizon of 501', { horizon: 501 }],
    ['a filling of the future of the target', { filling: { target_value: { futurefill: 'zero' } } }],
    ['a name of 33 characters', { name: 'a'.repeat(33) }],
  ])('%s is refused for good', async (_, change) => {
    await expect(sagemaker.startAutoMl(orderOf(freshName(), change))).rejects.toMatchObject({
      code: 'sagemaker-refused',
      message: expect.stringContaining('Validation'),
    });
  });

  test('a job that hangs is stopped; to stop it again, or one that never was, needs nothing', async () => {
    const name = freshName();
    await server.control({ jobs: [{ stall: 'TrainingModels' }] });
    await sagemaker.startAutoMl(orderOf(name));

    expect(await sagemaker.stopAutoMl(name)).toEqual({ kind: 'stopping' });
    expect(await ended(sagemaker, name)).toEqual({ kind: 'stopped', reason: 'somebody stopped it' });
    expect(await sagemaker.stopAutoMl(name)).toEqual({ kind: 'stopping' });
    expect(await sagemaker.stopAutoMl(freshName())).toEqual({ kind: 'stopping' });
  });

  test.each(['ThrottlingException', 'ResourceLimitExceeded'])(
    '%s: the call is busy, and the next one is not',
    async (error) => {
      const name = freshName();
      // As often as the SDK tries by itself.
      await server.control({ calls: [{ operation: 'CreateAutoMLJobV2', error, times: 3 }] });

      const busy = await sagemaker.startAutoMl(orderOf(name));
      await server.control({ reset: true });

      expect(busy).toEqual({ kind: 'busy', reason: expect.stringContaining(error) });
      expect(await sagemaker.startAutoMl(orderOf(name))).toEqual({ kind: 'started' });
    },
  );
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

  test('a job is absent, then asked for, then in work or done', async () => {
    const name = freshName();

    expect(await sagemaker.describeAutoMl(name)).toEqual({ kind: 'absent' });
    expect(await sagemaker.startAutoMl(orderOf(name))).toEqual({ kind: 'started' });
    expect((await sagemaker.describeAutoMl(name)).kind).not.toBe('absent');
    expect(await sagemaker.stopAutoMl(name)).toEqual({ kind: 'stopping' });
  });
});
