import { expect, test } from '@jest/globals';
import { automationCase } from '../../test/automation-case.ts';
import { takeDataset } from './take-dataset.ts';

const ready = { datasetId: 'ds_1', name: 'plane', rows: 100, columns: 3 };

test('an upload of its name begins a run: a job, and the message that moves it on', async () => {
  await using training = await automationCase({ datasets: [{}], automations: [{}] });

  const messages = await training.handle(takeDataset, ready);

  const [run] = await training.runs();
  expect(run).toMatchObject({ automation_id: 'automation_1', trigger_key: 'ds_1', tenant_id: 't1' });
  const jobId = run?.job_id ?? '';
  expect(messages).toEqual([{ type: 'automation.triggered', id: `${jobId}:triggered`, body: { jobId } }]);
  const job = await training.job(jobId);
  expect(job).toMatchObject({ kind: 'automation', status: 'queued', dataset_id: 'ds_1', tenant_id: 't1' });
  expect(JSON.parse(job.request)).toMatchObject({
    automationId: 'automation_1',
    trigger: 'ds_1',
    when: { dataset: 'plane' },
  });
});

test('heard of twice, a dataset leads to one run', async () => {
  await using training = await automationCase({ datasets: [{}], automations: [{}] });

  await training.handle(takeDataset, ready);

  expect(await training.handle(takeDataset, ready)).toEqual([]);
  expect(await training.runs()).toHaveLength(1);
});

test.each([
  ['of another name', { name: 'sphere' }],
  ['of another tenant', { tenant_id: 't2' }],
  ['that was derived, though of the same name', { upload_key: null }],
  ['of appended rows', { upload_key: 'rows/t1/rows_1' }],
  ['that was deleted meanwhile', { id: 'ds_2' }],
])('a dataset %s begins nothing', async (_, change) => {
  await using training = await automationCase({ datasets: [change], automations: [{}] });

  expect(await training.handle(takeDataset, ready)).toEqual([]);
  expect(await training.runs()).toEqual([]);
});

test('what waits for the clock is not begun by an upload', async () => {
  await using training = await automationCase({
    datasets: [{}],
    automations: [{ cron: '* * * * *', time_zone: 'UTC', next_at: 9000 }],
  });

  expect(await training.handle(takeDataset, ready)).toEqual([]);
});

test('rows are counted over revisions, and anew after a run', async () => {
  const appended = (id: string, row_count: number) => ({ id, row_count, upload_key: `rows/t1/${id}` });
  await using training = await automationCase({
    datasets: [{}, appended('ds_2', 106), appended('ds_3', 112), appended('ds_4', 121)],
    automations: [{ new_rows: 10, counted_rows: 100, counted_id: 'ds_1' }],
  });

  for (const datasetId of ['ds_2', 'ds_3', 'ds_4', 'ds_3']) {
    await training.handle(takeDataset, { ...ready, datasetId });
  }

  expect((await training.runs()).map(({ trigger_key }) => trigger_key)).toEqual(['ds_3']);
  expect(await training.automation()).toMatchObject({ counted_rows: 112, counted_id: 'ds_3' });
});

test('each automation of the name runs, and of one that was deleted the runs stay', async () => {
  await using training = await automationCase({ datasets: [{}], automations: [{}, { id: 'automation_2' }] });

  await training.handle(takeDataset, ready);
  await training.database.transact((tx) => tx.deleteFrom('automations').execute());

  expect((await training.runs()).map(({ automation_id }) => automation_id)).toEqual(['automation_1', 'automation_2']);
});
