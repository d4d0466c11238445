import { expect, test } from '@jest/globals';
import { automationCase, enrichStep, predictStep, runRow, stepRow, trainStep } from '../../test/automation-case.ts';
import { settleRuns } from '../automations/settle-runs.ts';
import { advanceRun, failRun, startRun } from './advance-run.ts';

const all = [enrichStep, trainStep, predictStep];
const finished = (status: 'succeeded' | 'failed' | 'cancelled') => ({ jobId: 'step_1', status });
/** A run whose enrichment is step_1. */
const enriching = {
  status: 'running',
  started_at: 2000,
  plan: JSON.stringify({ steps: [{ kind: 'enrich', jobId: 'step_1' }] }),
} as const;
const enriched = { kind: 'enrichment', status: 'succeeded', result: '{"datasets":{"enriched":"ds_2"}}' } as const;

test('a run orders its first step, under an id that the timeline names', async () => {
  await using training = await automationCase({ jobs: [runRow(all)] });

  const messages = await training.handle(startRun, { jobId: 'run_1' });

  const { status, plan, progress } = await training.job('run_1');
  const [step] = JSON.parse(plan ?? '').steps as { jobId: string }[];
  expect({ status, progress }).toEqual({ status: 'running', progress: 0 });
  expect(messages).toEqual([
    { type: 'enrichment.ordered', id: 'run_1:enrich', body: { jobId: step?.jobId, runId: 'run_1', datasetId: 'ds_1' } },
  ]);
});

test('begun twice, a run orders its first step once', async () => {
  await using training = await automationCase({ jobs: [runRow(all)] });

  await training.handle(startRun, { jobId: 'run_1' });

  expect(await training.handle(startRun, { jobId: 'run_1' })).toEqual([]);
});

test('a step that succeeded leads to the next, on what it made', async () => {
  await using training = await automationCase({ jobs: [runRow(all, enriching), stepRow(enriched)] });

  const messages = await training.handle(advanceRun, finished('succeeded'));

  expect(messages).toMatchObject([{ type: 'training.ordered', id: 'run_1:train', body: { datasetId: 'ds_2' } }]);
  expect((await training.job('run_1')).progress).toBeCloseTo(1 / 3);
  expect(await training.handle(advanceRun, finished('succeeded'))).toEqual([]);
});

test('the last step ends the run with what came of it', async () => {
  await using training = await automationCase({ jobs: [runRow([enrichStep], enriching), stepRow(enriched)] });

  const messages = await training.handle(advanceRun, finished('succeeded'));

  expect(messages).toEqual([
    { type: 'automation.finished', id: 'run_1:finished', body: { jobId: 'run_1', status: 'succeeded' } },
  ]);
  const run = await training.job('run_1');
  expect(run).toMatchObject({ status: 'succeeded', progress: 1 });
  expect(JSON.parse(run.result ?? '')).toEqual({
    steps: [{ kind: 'enrich', jobId: 'step_1' }],
    datasets: { enriched: 'ds_2' },
  });
});

test.each([
  [
    'failed',
    { error_code: 'column-missing', error_detail: 'There is no column w.' },
    'column-missing',
    /job step_1, failed: There is no column w\./,
  ],
  ['cancelled', {}, 'step-cancelled', /job step_1, was cancelled/],
] as const)('a step that %s fails the run with the reason', async (status, change, code, detail) => {
  await using training = await automationCase({
    jobs: [runRow(all, enriching), stepRow({ kind: 'enrichment', status, ...change })],
  });

  const messages = await training.handle(advanceRun, finished(status));

  expect(messages).toMatchObject([{ id: 'run_1:finished', body: { status: 'failed' } }]);
  expect(await training.job('run_1')).toMatchObject({
    status: 'failed',
    error_code: code,
    error_detail: expect.stringMatching(detail),
  });
});

test.each([
  ['that is no step', enriching, { parent_id: null }],
  ['of a run that ended', { status: 'cancelled' }, {}],
] as const)('the end of a job %s changes nothing', async (_, run, change) => {
  await using training = await automationCase({ jobs: [runRow(all, run), stepRow({ ...enriched, ...change })] });

  expect(await training.handle(advanceRun, finished('succeeded'))).toEqual([]);
});

test('without a dataset to begin with a run fails and says which', async () => {
  await using training = await automationCase({ jobs: [runRow(all, { dataset_id: null })] });

  await training.handle(startRun, { jobId: 'run_1' });

  expect(await training.job('run_1')).toMatchObject({
    status: 'failed',
    error_code: 'dataset-not-found',
    error_detail: 'There was no uploaded dataset plane that is ready.',
  });
});

test('a run that could not be begun fails with the last reason', async () => {
  await using training = await automationCase({ jobs: [runRow(all)] });

  await training.handle(failRun, { jobId: 'run_1', reasons: ['first', 'last'] });

  expect(await training.job('run_1')).toMatchObject({ status: 'failed', error_detail: 'last' });
});

test('a run whose message of the end of a step died is moved on by the clock, others are left alone', async () => {
  await using training = await automationCase({
    jobs: [
      runRow(all, enriching),
      stepRow(enriched),
      runRow(all, { ...enriching, id: 'run_2', plan: '{"steps":[{"kind":"enrich","jobId":"never"}]}' }),
    ],
  });

  await settleRuns(training.deps);
  await settleRuns(training.deps);

  expect([...new Set(await training.sent())]).toEqual(['training.ordered of t1']);
});
