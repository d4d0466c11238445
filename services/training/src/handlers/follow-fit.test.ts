import { automlName } from '@bellwether/sagemaker';
import { automlPlaces } from '@bellwether/sagemaker/automl';
import { expect, test } from '@jest/globals';
import { asked, managedCase } from '../../test/managed-case.ts';
import { followFit } from './follow-fit.ts';
import { discardForecaster, failFit, finishFit, fitForecaster, planForecaster } from './train-forecaster.ts';

const name = automlName('job_1');
const submitted = (delaySeconds: number) => ({ type: 'fit.submitted', body: asked, delaySeconds });
const requested = { type: 'fit.requested', body: asked };
const ended = { type: 'fit.finished', body: asked };
const candidate = {
  name: 'best',
  containers: [{ image: 'image:1', artifact: 's3://bucket/model.tar.gz', environment: {} }],
  metrics: { WAPE: 0.1234 },
};
/** All the time that a job may take, and that for which room is waited. */
const patience = (21_600 + 14_400) * 1000;

test('a panel of a job that says sagemaker is one fit, whatever models suit it', async () => {
  await using training = await managedCase();
  await training.database.transact((tx) => tx.deleteFrom('forecast_fits').execute());

  const messages = await training.handle(planForecaster, {
    jobId: 'job_1',
    panelKey: 'panels/t1/job_1/at_1/panel.json',
  });

  expect(messages).toEqual([expect.objectContaining(requested)]);
});

test('the fit asks for the AutoML job, and waits for it', async () => {
  await using training = await managedCase();

  expect(await training.handle(fitForecaster, asked)).toEqual([submitted(30)]);
  expect(training.script.started).toEqual([
    expect.objectContaining({
      name,
      frequency: 'D',
      horizon: 2,
      quantiles: ['p10', 'p50', 'p90'],
      algorithms: ['ets'],
      input: 's3://bucket/sagemaker/t1/job_1/train/',
    }),
  ]);
});

test('a job that is under way is looked at again, later and later, and the forecast shows how far it is', async () => {
  await using training = await managedCase();
  await using older = await managedCase({ began: 5000 - 1_000_000 });
  training.script.state = older.script.state = { kind: 'running', status: 'TrainingModels' };

  expect(await training.handle(followFit, asked)).toEqual([submitted(30)]);
  expect(await older.handle(followFit, asked)).toEqual([submitted(250)]);
  expect((await training.job()).progress).toBe(0.3);
});

test.each([
  ['has ended', { kind: 'completed', candidate } as const],
  ['was never asked for', { kind: 'absent' } as const],
  ['failed', { kind: 'failed', reason: 'why' } as const],
  ['cannot be looked at now', { kind: 'busy', reason: 'why' } as const],
  ['may not be looked at', 'refuses' as const],
])('for a job that %s the fit is asked for again', async (_, state) => {
  await using training = await managedCase();
  training.script.state = state;

  expect(await training.handle(followFit, asked)).toEqual([requested]);
});

test('what AutoML found becomes the forecaster, with what is to be known of it', async () => {
  await using training = await managedCase();
  training.script.state = { kind: 'completed', candidate };

  expect(await training.handle(fitForecaster, asked)).toEqual([ended]);
  const messages = await training.handle(finishFit, asked);

  expect(messages.map(({ type }) => type)).toEqual(['predictors.trained', 'forecaster.trained']);
  expect(messages[1]?.body).toEqual({
    jobId: 'job_1',
    version: 1,
    notes: [expect.stringContaining('WAPE 0.123'), expect.stringContaining('before the backtest window')],
  });
  const row = await training.database.read.selectFrom('forecasters').selectAll().executeTakeFirstOrThrow();
  expect(JSON.parse(row.summary)).toMatchObject({ horizon: 2, items: 1, predictors: ['best'] });
});

test.each([
  ['failed', { kind: 'failed', reason: 'no values' } as const, 'sagemaker-failed', 'no values'],
  [
    'was stopped',
    { kind: 'stopped', reason: 'somebody stopped it' } as const,
    'sagemaker-stopped',
    'somebody stopped it',
  ],
  ['may not be asked for', 'refuses' as const, 'sagemaker-refused', 'AccessDenied'],
])('a job that %s fails the forecast, in SageMaker’s words', async (_, state, code, detail) => {
  await using training = await managedCase();
  training.script.state = state;

  expect(await training.handle(fitForecaster, asked)).toEqual([ended, { type: 'fit.submitted', body: asked }]);
  expect(await training.fit()).toMatchObject({ status: 'failed', error_code: code });
  expect(await training.handle(finishFit, asked)).toEqual([
    expect.objectContaining({
      type: 'forecaster.failed',
      body: { jobId: 'job_1', code, reasons: [expect.stringContaining(detail)] },
    }),
  ]);
});

test('SageMaker too busy for a job lets the fit wait, until patience ends', async () => {
  await using training = await managedCase({ began: 5000 - 400_000 });
  await using late = await managedCase({ began: 5000 - 21_600_000 });
  training.script.start = late.script.start = 'busy';

  expect(await training.handle(fitForecaster, asked)).toEqual([submitted(100)]);
  expect((await late.handle(fitForecaster, asked)).map(({ type }) => type)).toEqual(['fit.finished', 'fit.submitted']);
  expect(await late.fit()).toMatchObject({ error_code: 'sagemaker-busy' });
});

test('a job that runs beyond its deadline is stopped, and the forecast fails', async () => {
  await using training = await managedCase({ began: 5000 - patience });
  training.script.state = { kind: 'running', status: 'TrainingModels' };

  expect(await training.handle(followFit, asked)).toEqual([requested]);
  await training.handle(fitForecaster, asked);

  expect(training.script.stopped).toEqual([name]);
  expect(await training.fit()).toMatchObject({ status: 'failed', error_code: 'sagemaker-deadline' });
});

test.each([
  ['a forecast that was cancelled', { job: { status: 'cancelled' } }],
  ['a forecast that is cleaned up', { step: 'clean-up' }],
  ['a fit that died', { fit: { status: 'failed' } }],
])('the job of %s is stopped', async (_, options) => {
  await using training = await managedCase(options);

  expect(await training.handle(followFit, asked)).toEqual([]);
  expect(training.script.stopped).toEqual([name]);
});

test('a fit of a forecast that has ended asks for nothing, but looks after what an earlier attempt began', async () => {
  await using training = await managedCase({ step: 'clean-up' });

  expect(await training.handle(fitForecaster, asked)).toEqual([{ type: 'fit.submitted', body: asked }]);
  expect(training.script.started).toEqual([]);
});

test('SageMaker too busy to stop a job is asked again, but not for ever', async () => {
  await using training = await managedCase({ job: { status: 'cancelled', finished_at: 4000 } });
  await using late = await managedCase({ job: { status: 'cancelled', finished_at: 4000 - 21_600_000 } });
  training.script.stop = late.script.stop = 'busy';

  expect(await training.handle(followFit, asked)).toEqual([submitted(30)]);
  expect(await late.handle(followFit, asked)).toEqual([]);
});

test('a dead fit has its job looked after', async () => {
  await using training = await managedCase();

  const messages = await training.handle(failFit, { ...asked, reasons: ['silence'] });

  expect(messages).toEqual([ended, { type: 'fit.submitted', body: asked }]);
});

test('a forecast that is over has its job stopped, and what was exchanged deleted', async () => {
  await using training = await managedCase({ step: 'clean-up' });
  await using busy = await managedCase({ step: 'clean-up' });
  busy.script.stop = 'busy';

  expect(await training.handle(discardForecaster, { jobId: 'job_1' })).toMatchObject([
    { type: 'forecaster.discarded' },
  ]);
  expect(training.script.stopped).toEqual([name]);
  expect(await training.keys(automlPlaces('t1', 'job_1').prefix)).toEqual([]);
  await expect(busy.handle(discardForecaster, { jobId: 'job_1' })).rejects.toThrow('too busy');
});
