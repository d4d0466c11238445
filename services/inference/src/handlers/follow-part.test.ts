import type { Busy, CandidateOrder, SageMaker, TransformOrder, TransformState } from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import { handling } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { inferenceCase } from '../../test/inference-case.ts';
import type { Deps } from '../deps.ts';
import { followPart } from './follow-part.ts';
import { discardForecasts, failPart, forecastPart, planForecasts } from './make-forecasts.ts';

const asked = { jobId: 'job_1', partId: 'job_1-part-0' };
const submitted = (delaySeconds: number) => ({ type: 'part.submitted', body: asked, delaySeconds });
const requested = { type: 'part.requested', body: asked };
const ended = { type: 'part.finished', body: asked };
const busy: Busy = { kind: 'busy', reason: 'ThrottlingException: Rate exceeded' };
const artifact = 'forecasters/t1/job_1/at_1.json';
const panelKey = 'panels/t1/job_1/at_1/panel.json';
const containers = [{ image: 'image:1', artifact: 's3://bucket/model.tar.gz', environment: { A: 'b' } }];

interface Options {
  readonly state?: TransformState | Busy;
  /** what SageMaker says to all else that it is asked */
  readonly answer?: 'done' | 'busy';
  readonly job?: object;
  readonly part?: object;
  readonly began?: number;
}

/** A forecast in its last step of work, whose forecaster AutoML found. */
async function onSageMaker({ state = { kind: 'absent' }, answer = 'done', job, part, began = 0 }: Options = {}) {
  const result = { step: 'forecast', began: { forecast: began }, notes: [] };
  const plan = { managed: {}, columns: { time: 'day', target: 'sales' } };
  const row = { kind: 'forecast', model: 'sales', status: 'running', ...job } as const;
  const service = await inferenceCase({
    jobs: [{ ...row, plan: JSON.stringify(plan), result: JSON.stringify(result) }],
  });
  const { deps, database, store } = service;
  const calls: (CandidateOrder | TransformOrder | string)[] = [];
  const note = async (call: CandidateOrder | TransformOrder | string) => {
    calls.push(call);
    return answer === 'busy' ? busy : { kind: 'done' as const };
  };
  const sagemaker = {
    describeTransform: async () => state,
    createCandidateModel: note,
    startTransform: note,
    stopTransform: (name: string) => note(`stop ${name}`),
    deleteModel: (name: string) => note(`delete ${name}`),
  } as unknown as SageMaker;
  const remote: Remote = { sagemaker, bucket: 'bucket', store, close: async () => undefined };
  const opened: Deps['remote'] = { isConfigured: true, open: async () => remote, close: async () => undefined };
  Object.assign(deps, { remote: opened });
  await store.put(artifact, Buffer.from(JSON.stringify({ panelKey, candidate: 'best', containers, notes: [] })));
  await store.put(panelKey, Buffer.from(JSON.stringify({ chunks: [{ file: 'a' }, { file: 'b' }] })));
  await database.transact(async (tx) => {
    const about = { tenant_id: 't1', model: 'sales', version: 1, job_id: 'job_1', dataset_id: 'ds_1' };
    const forecaster = { ...about, summary: '{}', artifact_key: artifact, created_at: 1 };
    await tx.insertInto('forecasters').values(forecaster).execute();
    const open = { output_key: null, error_code: null, error_detail: null, finished_at: null };
    const queued = { id: asked.partId, job_id: 'job_1', tenant_id: 't1', position: 0, status: 'queued' as const };
    await tx
      .insertInto('forecast_parts')
      .values({ ...queued, ...open, ...part })
      .execute();
  });
  const parts = () => database.read.selectFrom('forecast_parts').selectAll().execute();
  return { ...service, ...handling(deps), calls, parts };
}

test('SageMaker forecasts all chunks by one job: there is one part', async () => {
  await using inference = await onSageMaker();
  await inference.database.transact((tx) => tx.deleteFrom('forecast_parts').execute());

  expect(await inference.handle(planForecasts, { jobId: 'job_1', version: 1 })).toEqual([
    expect.objectContaining(requested),
  ]);
});

test('the part makes the model that AutoML found, asks for its forecasts of whole files, and waits', async () => {
  await using inference = await onSageMaker();

  expect(await inference.handle(forecastPart, asked)).toEqual([submitted(30)]);
  expect(inference.calls).toEqual([
    { name: 'bellwether-job-1', containers },
    {
      name: 'bellwether-job-1',
      model: 'bellwether-job-1',
      input: 's3://bucket/sagemaker/t1/job_1/runs/',
      output: 's3://bucket/sagemaker/t1/job_1/forecasts',
      whole: true,
    },
  ]);
});

test('SageMaker too busy for a model or a job lets the part wait, until patience ends', async () => {
  await using inference = await onSageMaker({ answer: 'busy' });
  await using late = await onSageMaker({ answer: 'busy', began: -36_000_000 });

  expect(await inference.handle(forecastPart, asked)).toEqual([submitted(30)]);
  expect((await late.handle(forecastPart, asked)).map(({ type }) => type)).toEqual(['part.finished', 'part.submitted']);
  expect(await late.parts()).toMatchObject([{ status: 'failed', error_code: 'sagemaker-busy' }]);
});

test('forecasts that are under way are looked at again, later and later; beyond their deadline they are stopped', async () => {
  const state = { kind: 'running' } as const;
  await using young = await onSageMaker({ state });
  await using older = await onSageMaker({ state, began: -999_000 });
  await using late = await onSageMaker({ state, began: -36_000_000 });

  expect(await young.handle(followPart, asked)).toEqual([submitted(30)]);
  expect(await older.handle(followPart, asked)).toEqual([submitted(250)]);
  expect(await late.handle(followPart, asked)).toEqual([requested]);
  await late.handle(forecastPart, asked);
  expect(late.calls).toEqual(['stop bellwether-job-1']);
  expect(await late.parts()).toMatchObject([{ status: 'failed', error_code: 'sagemaker-deadline' }]);
});

test.each([
  ['have ended', { kind: 'completed' } as const],
  ['failed', { kind: 'failed', reason: 'why' } as const],
  ['were never asked for', { kind: 'absent' } as const],
  ['cannot be looked at now', busy],
])('when they %s, the part is asked for once more', async (_, state) => {
  await using inference = await onSageMaker({ state });

  expect(await inference.handle(followPart, asked)).toEqual([requested]);
});

test.each([
  ['failed', { kind: 'failed', reason: 'no instance' } as const, 'sagemaker-failed'],
  ['were stopped', { kind: 'stopped' } as const, 'sagemaker-stopped'],
])('forecasts that %s fail the part', async (_, state, code) => {
  await using inference = await onSageMaker({ state });

  expect(await inference.handle(forecastPart, asked)).toEqual([ended, { type: 'part.submitted', body: asked }]);
  expect(await inference.parts()).toMatchObject([{ status: 'failed', error_code: code }]);
});

test.each([
  ['a forecast that was cancelled', { job: { status: 'cancelled' } }],
  ['a part that died', { part: { status: 'failed' } }],
])('the transform job of %s is stopped, its model deleted', async (_, options) => {
  await using inference = await onSageMaker(options);

  expect(await inference.handle(followPart, asked)).toEqual([]);
  expect(inference.calls).toEqual(['stop bellwether-job-1', 'delete bellwether-job-1']);
});

test('SageMaker too busy to stop them is asked again, but not for ever', async () => {
  await using inference = await onSageMaker({ answer: 'busy', job: { status: 'cancelled', finished_at: 1000 } });
  await using late = await onSageMaker({ answer: 'busy', job: { status: 'cancelled', finished_at: -21_600_000 } });

  expect(await inference.handle(followPart, asked)).toEqual([submitted(30)]);
  expect(await late.handle(followPart, asked)).toEqual([]);
});

test('a dead part has its transform job looked after; a forecast that is over has it stopped', async () => {
  await using inference = await onSageMaker();

  expect(await inference.handle(failPart, { ...asked, reasons: ['silence'] })).toEqual([
    ended,
    { type: 'part.submitted', body: asked },
  ]);
  expect(await inference.handle(discardForecasts, { jobId: 'job_1' })).toMatchObject([{ type: 'forecasts.discarded' }]);
  expect(inference.calls).toEqual(['stop bellwether-job-1', 'delete bellwether-job-1']);
});
