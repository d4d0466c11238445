import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { inferenceCase, twoVersions } from '../../test/inference-case.ts';
import { createBatchPrediction } from './create-batch-prediction.ts';

type Request = Parameters<typeof createBatchPrediction>[0];

const ask = (body: object, name = 'm') =>
  requested<Request>({ params: { name }, body: { datasetId: 'ds_1', ...body } });

test('the champion of the moment is what the job will predict by, and its first message is one with its row', async () => {
  await using inference = await inferenceCase({ ...twoVersions, datasets: [{}] });

  const answer = await createBatchPrediction(ask({}), inference.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  const { body, messages } = await inference.database.transact(answer.commit);

  expect(body.job).toMatchObject({
    kind: 'batch-prediction',
    status: 'queued',
    model: 'm',
    datasetId: 'ds_1',
    request: { datasetId: 'ds_1', version: 1, name: 'plane-predictions' },
  });
  expect(messages).toMatchObject([{ body: { jobId: body.job.id }, jobId: body.job.id }]);
  const rows = await inference.database.read.selectFrom('jobs').selectAll().execute();
  expect(JSON.parse(rows[0]?.plan ?? '')).toMatchObject({ version: 1, inputs: [{ name: 'x' }, { name: 'y' }] });
});

test.each([
  ['an unknown model', {}, {}, 'nothing', 'model-not-found'],
  ['an unknown version', {}, { version: 9 }, 'm', 'version-not-found'],
  ['an unknown dataset', {}, { datasetId: 'ds_9' }, 'm', 'dataset-not-found'],
  ['another tenant’s dataset', { tenant_id: 't2' }, {}, 'm', 'dataset-not-found'],
  ['a dataset that is not ready', { status: 'validating', data_key: null }, {}, 'm', 'dataset-not-ready'],
  ['a dataset without an input', { schema: '[{"name":"x","kind":"numeric"}]' }, {}, 'm', 'column-missing'],
] as const)('%s is refused', async (_, dataset, body, name, code) => {
  await using inference = await inferenceCase({ ...twoVersions, datasets: [dataset] });
  await expect(createBatchPrediction(ask(body, name), inference.deps)).rejects.toMatchObject({ code });
});
