import { expect, test } from '@jest/globals';
import { asked, jobOfTrial, prepared, type RemoteCase, remoteCase } from '../../../test/remote-case.ts';
import { runTrial } from '../../handlers/run-trial.ts';

const later = (delaySeconds: number) => [{ type: 'trial.submitted', body: asked, delaySeconds }];
const place = 'sagemaker/t1/trial_1/';

async function failure(training: RemoteCase): Promise<string | null | undefined> {
  expect(await training.handle(runTrial, asked)).toMatchObject([
    { type: 'trial.finished', body: { status: 'failed' } },
  ]);
  return (await training.trials())[0]?.error;
}

test('a trial writes its channels, asks for its job and waits', async () => {
  await using training = await remoteCase();

  expect(await training.handle(runTrial, asked)).toEqual(later(30));
  expect(training.script.started).toEqual([
    {
      name: jobOfTrial,
      hyperparameters: prepared.order,
      channels: {
        train: `s3://bucket/${place}train/rows.csv`,
        validation: `s3://bucket/${place}validation/rows.csv`,
      },
      output: `s3://bucket/${place}output`,
    },
  ]);
  expect(await training.keys('sagemaker/')).toEqual([
    `${place}prepared.json`,
    `${place}train/rows.csv`,
    `${place}validation/rows.csv`,
  ]);
});

test('an attempt that was cut short after its channels does not write them again', async () => {
  await using training = await remoteCase();
  training.script.start = 'busy';
  await training.handle(runTrial, asked);
  training.script.start = 'started';

  await training.handle(runTrial, asked);

  expect(training.tasks).toHaveLength(1);
  expect(training.script.started).toHaveLength(1);
});

test('an attempt that finds its job under way waits for it', async () => {
  await using training = await remoteCase();
  training.script.state = { kind: 'running', status: 'Downloading' };

  expect(await training.handle(runTrial, asked)).toEqual(later(30));
  expect(training.script.started).toEqual([]);
});

test('SageMaker without room is asked later, and no longer when patience is over', async () => {
  await using training = await remoteCase();
  await using late = await remoteCase({ trials: [{ started_at: 4000 - 21_600_000 }] });
  for (const { script } of [training, late]) script.start = 'busy';

  expect(await training.handle(runTrial, asked)).toEqual(later(30));
  expect(await failure(late)).toBe('sagemaker-busy: ThrottlingException: Rate exceeded');
});

test('a job that cannot be looked at is given up only when it must have ended', async () => {
  await using patient = await remoteCase({ trials: [{ started_at: 4000 - 21_600_000 }] });
  await using late = await remoteCase({ trials: [{ started_at: 4000 - (21_600 + 14_400) * 1000 }] });
  for (const { script } of [patient, late]) script.state = { kind: 'busy', reason: 'ECONNREFUSED' };

  expect(await patient.handle(runTrial, asked)).toEqual(later(300));
  expect(await failure(late)).toBe('sagemaker-busy: ECONNREFUSED');
});

test.each([
  [{ kind: 'failed', reason: 'AlgorithmError: label must be in [0,1]' } as const, 'sagemaker-failed: AlgorithmError'],
  [{ kind: 'stopped', reason: 'somebody stopped it' } as const, 'sagemaker-stopped: somebody stopped it'],
  ['refuses' as const, 'sagemaker-refused: AccessDeniedException'],
  [{ kind: 'completed', artifact: 's3://other/model.tar.gz', metrics: {} } as const, 'sagemaker-artifact: '],
])('a job that ends without a model fails its trial with the reason: %j', async (state, reason) => {
  await using training = await remoteCase();
  training.script.state = state;

  expect(await failure(training)).toContain(reason);
});

test('what a job has learned becomes a version, which says where it was trained', async () => {
  await using training = await remoteCase();
  await training.handle(runTrial, asked);
  const artifact = `${place}output/${jobOfTrial}/output/model.tar.gz`;
  await training.deps.store.put(artifact, Buffer.from('learned'));
  training.script.state = { kind: 'completed', artifact: `s3://bucket/${artifact}`, metrics: {} };

  expect(await training.handle(runTrial, asked)).toMatchObject([
    { type: 'trial.finished', body: { status: 'succeeded', score: 0.5 } },
  ]);
  expect(training.tasks.at(-1)).toMatchObject({ learned: { model: expect.any(String), prepared: expect.any(String) } });
  const versions = await training.database.read.selectFrom('model_versions').selectAll().execute();
  expect(versions).toMatchObject([{ backend: 'sagemaker', algorithm: 'xgboost', trained_rows: 64, duration: 1 }]);
});

test('a trial that was cancelled while its job was asked for is followed all the same, so that the job is stopped', async () => {
  await using training = await remoteCase();
  const started = await training.begin(runTrial, asked);
  await training.database.transact((tx) => tx.updateTable('trials').set({ status: 'cancelled' }).execute());

  expect(await training.commit(started)).toEqual(later(30));
});

test('the other trials of the job run here', async () => {
  await using training = await remoteCase({ trials: [{ algorithm: 'linear' }] });

  expect(await training.handle(runTrial, asked)).toMatchObject([{ body: { status: 'succeeded' } }]);
  expect(training.script.started).toEqual([]);
});
