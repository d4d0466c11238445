import type { Problem, TrainingRequest } from '@bellwether/contracts';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { createTrainingJob, trainNewest } from './create-training-job.ts';

async function accepted(rows: Rows, body: Partial<TrainingRequest> = {}) {
  await using training = await trainingCase(rows);
  const request = requested<Parameters<typeof createTrainingJob>[0]>({
    params: { name: 'm' },
    body: { datasetId: 'ds_1', ...body },
  });
  const answer = await createTrainingJob(request, training.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  const committed = await training.database.transact(answer.commit);
  const jobs = await training.database.read.selectFrom('jobs').selectAll().execute();
  return { ...committed, jobs };
}

const refusal = (rows: Rows, body: Partial<TrainingRequest> = {}) =>
  accepted(rows, body).then(
    () => undefined,
    (error: Problem) => ({ status: error.status, code: error.code, field: error.options.field }),
  );

test('an accepted job and its first message are one transaction', async () => {
  const { body, messages, jobs } = await accepted({ datasets: [{}] });

  expect(jobs).toMatchObject([{ id: body.job.id, tenant_id: 't1', kind: 'training', status: 'queued', model: 'm' }]);
  expect(messages).toMatchObject([{ body: { jobId: body.job.id }, jobId: body.job.id }]);
});

test('the answer says which task was chosen and why', async () => {
  const { body } = await accepted({ datasets: [{}] });

  expect(body.job.request).toMatchObject({
    target: 'z',
    task: 'regression',
    taskReason: 'the target is numeric with 100 distinct values',
    metric: 'rmse',
  });
});

test.each(['awaiting-upload', 'validating'] as const)('a dataset that is %s is accepted as it is', async (status) => {
  const { body } = await accepted({ datasets: [{ status }] }, { target: 'whatever' });

  expect(body.job.request).toEqual({ datasetId: 'ds_1', target: 'whatever' });
});

test.each([
  ['a dataset that is not there', {}, {}, { status: 404, code: 'dataset-not-found', field: 'datasetId' }],
  [
    'another tenant’s dataset',
    { datasets: [{ tenant_id: 't2' }] },
    {},
    { status: 404, code: 'dataset-not-found', field: 'datasetId' },
  ],
  [
    'a rejected dataset',
    { datasets: [{ status: 'rejected' as const }] },
    {},
    { status: 409, code: 'dataset-rejected', field: 'datasetId' },
  ],
  [
    'a target that is no column',
    { datasets: [{}] },
    { target: 'w' },
    { status: 422, code: 'target-missing', field: 'target' },
  ],
  [
    'a target of too many classes',
    {
      datasets: [
        {
          schema: JSON.stringify(['x', 'z'].map((name) => ({ name, kind: 'categorical', nullable: false }))),
          profile: JSON.stringify({ rows: 9000, columns: [{ name: 'z', nulls: 0, distinct: 1532 }] }),
        },
      ],
    },
    {},
    { status: 422, code: 'too-many-classes', field: 'target' },
  ],
  [
    'a hyperparameter that is none',
    { datasets: [{ status: 'validating' as const }] },
    { candidates: [{ algorithm: 'linear' as const }, { algorithm: 'svm' as const, hyperparameters: { depth: 3 } }] },
    { status: 422, code: 'hyperparameter-unknown', field: 'candidates[1].hyperparameters.depth' },
  ],
])('%s is refused at once', async (_, rows, body, expected) => {
  expect(await refusal(rows, body)).toEqual(expected);
});

test('/train takes the user’s newest upload, whatever its state, and not what was derived from one', async () => {
  await using training = await trainingCase({
    datasets: [
      { id: 'ds_1' },
      { id: 'ds_2', status: 'validating' },
      { id: 'ds_3', upload_key: null },
      { id: 'ds_4', tenant_id: 't2' },
    ],
  });
  const request = requested<Parameters<typeof trainNewest>[0]>({ body: { userID: 't1' } });

  const answer = await trainNewest(request, training.deps);
  const { body } = await training.database.transact('commit' in answer ? answer.commit : fail);

  expect(body.job).toMatchObject({ datasetId: 'ds_2', model: 'default' });
});

async function fail(): Promise<never> {
  throw new Error('nothing was accepted');
}

test('/train of a user without a dataset says what to do first', async () => {
  await using training = await trainingCase();
  const request = requested<Parameters<typeof trainNewest>[0]>({ body: { userID: 't1' } });

  await expect(trainNewest(request, training.deps)).rejects.toMatchObject({
    code: 'dataset-not-found',
    options: { field: 'userID' },
  });
});
