import type { Problem, Then, When } from '@bellwether/contracts';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { automationCase, definitionOf, enrichStep, trainStep } from '../../test/automation-case.ts';
import { createAutomation } from './create-automation.ts';
import { deleteAutomation, getAutomation, listAutomations } from './read-automations.ts';

const body = (when: When, then: Then): object => JSON.parse(definitionOf(when, then));

async function created(when: When, then: Then, rows: Rows = {}) {
  await using training = await automationCase(rows);
  const request = requested<Parameters<typeof createAutomation>[0]>({ body: { name: 'mine', ...body(when, then) } });
  const answer = await createAutomation(request, training.deps);
  if (!('commit' in answer)) throw new Error('nothing was made');
  const shown = await training.database.transact(answer.commit);
  return { ...shown, row: await training.automation(shown.body.id) };
}

test('one that waits for uploads may come before the first of them', async () => {
  const made = await created({ dataset: 'plane' }, [trainStep]);

  expect(made.body).toMatchObject({ name: 'mine', ...body({ dataset: 'plane' }, [trainStep]) });
  expect(made.row).toMatchObject({ tenant_id: 't1', dataset_name: 'plane', next_at: null, new_rows: null });
});

test('by the clock it knows when it runs next, in its time zone', async () => {
  const when = { dataset: 'plane', cron: '0 6 * * *', timeZone: 'Europe/Berlin' };

  const made = await created(when, [trainStep], { datasets: [{}] });

  // Germany had no summer time in 1970.
  expect(made.body.nextAt).toBe('1970-01-01T05:00:00.000Z');
});

test('rows are counted from the newest upload that is there', async () => {
  const made = await created({ dataset: 'plane', newRows: 10 }, [trainStep], {
    datasets: [{}, { id: 'ds_2', row_count: 120 }, { id: 'ds_3', upload_key: null }],
  });

  expect(made.row).toMatchObject({ new_rows: 10, counted_rows: 120, counted_id: 'ds_2' });
});

const daily = { dataset: 'plane', cron: '@daily' };
const uploads = { dataset: 'plane' };

test.each<[string, When, Then, object]>([
  [
    'a pattern that is none',
    { dataset: 'plane', cron: 'soon' },
    [trainStep],
    { status: 422, code: 'cron-invalid', field: 'when.cron' },
  ],
  [
    'a time that never comes',
    { dataset: 'plane', cron: '0 0 31 4 *' },
    [trainStep],
    { status: 422, code: 'cron-never', field: 'when.cron' },
  ],
  [
    'an unknown time zone',
    { ...daily, timeZone: 'Mars/Base' },
    [trainStep],
    { status: 422, code: 'time-zone-unknown', field: 'when.timeZone' },
  ],
  [
    'a dataset that is not there, by the clock',
    daily,
    [trainStep],
    { status: 404, code: 'dataset-not-found', field: 'when.dataset' },
  ],
  [
    'a model that is not there',
    uploads,
    [{ kind: 'predict', model: 'none', periods: 1 }],
    { status: 404, code: 'model-not-found', field: 'then[0].model' },
  ],
  [
    'a prediction by no model',
    uploads,
    [enrichStep, { kind: 'predict' }],
    { status: 422, code: 'model-missing', field: 'then[1].model' },
  ],
  [
    'a dataset to predict that is not there',
    uploads,
    [trainStep, { kind: 'predict', dataset: 'none' }],
    { status: 404, code: 'dataset-not-found', field: 'then[1].dataset' },
  ],
  [
    'a hyperparameter that is none',
    uploads,
    [{ ...trainStep, candidates: [{ algorithm: 'svm', hyperparameters: { depth: 3 } }] }],
    { status: 422, code: 'hyperparameter-unknown', field: 'then[0].candidates[0].hyperparameters.depth' },
  ],
])('%s is refused at once', async (_, when, then, expected) => {
  const refusal = await created(when, then).then(
    () => undefined,
    ({ status, code, options }: Problem) => ({ status, code, field: options.field }),
  );
  expect(refusal).toEqual(expected);
});

test('a dataset to predict may be what the automation itself makes', async () => {
  const split: Then[number] = { ...enrichStep, name: 'wide', split: { testFraction: 0.2, seed: 0 } };

  const made = await created(uploads, [split, trainStep, { kind: 'predict', dataset: 'wide-test' }]);

  expect(made.row.dataset_name).toBe('plane');
});

test('a tenant sees and deletes its own alone', async () => {
  await using training = await automationCase({ automations: [{}, { id: 'automation_2', tenant_id: 't2' }] });
  const { deps } = training;
  const request = { params: { id: 'automation_2' }, query: { limit: 10 } };
  const mine = { params: { id: 'automation_1' } };

  expect(await listAutomations(requested(request), deps)).toMatchObject({
    body: { automations: [{ id: 'automation_1' }] },
  });
  await expect(getAutomation(requested(request), deps)).rejects.toMatchObject({ code: 'automation-not-found' });
  await expect(deleteAutomation(requested(request), deps)).rejects.toMatchObject({ code: 'automation-not-found' });
  await deleteAutomation(requested(mine), deps);
  await expect(getAutomation(requested(mine), deps)).rejects.toMatchObject({ code: 'automation-not-found' });
});
