import { expect, test } from '@jest/globals';
import { batchCase } from '../../test/batch-case.ts';
import { settlePredictions } from './settle-predictions.ts';

const day = 86_400_000;

test('a job whose last message died ends by the clock', async () => {
  await using batch = await batchCase({
    job: { status: 'running', progress: 0.5 },
    datasets: [{ id: 'ds_1' }, { id: 'ds_2' }],
  });

  await settlePredictions(batch.deps);

  expect((await batch.job()).status).toBe('succeeded');
});

test('a table that never comes fails its job, when no queue can hold its message any more', async () => {
  await using batch = await batchCase({ job: { status: 'running', progress: 0.5, started_at: 0 } });

  batch.setClock(15 * day);
  await settlePredictions(batch.deps);
  expect((await batch.job()).status).toBe('running');

  batch.setClock(15 * day + 1);
  await settlePredictions(batch.deps);
  expect(await batch.job()).toMatchObject({ status: 'failed', error_code: 'output-lost' });
});
