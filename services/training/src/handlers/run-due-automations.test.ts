import { expect, test } from '@jest/globals';
import { automationCase } from '../../test/automation-case.ts';
import { tick } from '../automations/tick.ts';
import { runDueAutomations } from './run-due-automations.ts';

/** The clock of a case stands at 5 s after the epoch. */
const due = { cron: '* * * * *', time_zone: 'UTC', next_at: 4000 };

test('what is due begins once with the newest upload, however many of its times were missed', async () => {
  await using training = await automationCase({
    datasets: [{}, { id: 'ds_2' }, { id: 'ds_3', upload_key: null }, { id: 'ds_4', status: 'validating' }],
    automations: [due],
  });

  await training.handle(runDueAutomations, {});
  await training.handle(runDueAutomations, {});

  const [run] = await training.runs();
  expect(await training.runs()).toHaveLength(1);
  expect(run?.trigger_key).toBe('1970-01-01T00:00:04.000Z');
  expect(await training.job(run?.job_id)).toMatchObject({ kind: 'automation', dataset_id: 'ds_2' });
  expect((await training.automation()).next_at).toBe(60_000);
});

test('each run belongs to the tenant of its automation, though the tick belongs to none', async () => {
  await using training = await automationCase({
    automations: [due, { ...due, id: 'automation_2', tenant_id: 't2' }, { ...due, id: 'automation_3', next_at: 5001 }],
  });

  await training.handle(runDueAutomations, {});

  expect((await training.runs()).map(({ tenant_id }) => tenant_id)).toEqual(['t1', 't2']);
  expect([...new Set(await training.sent())].toSorted()).toEqual([
    'automation.triggered of t1',
    'automation.triggered of t2',
  ]);
});

test('one that cannot be begun holds up no other', async () => {
  await using training = await automationCase({
    automations: [
      { ...due, cron: 'broken', next_at: 3000 },
      { ...due, id: 'automation_2' },
    ],
  });

  await training.handle(runDueAutomations, {});

  expect((await training.runs()).map(({ automation_id }) => automation_id)).toEqual(['automation_2']);
});

test('the clock of a single process ticks when something is due, and is silent otherwise', async () => {
  await using quiet = await automationCase({ automations: [{ ...due, next_at: 5001 }, { id: 'automation_2' }] });
  await using ticking = await automationCase({ automations: [due] });

  await tick(quiet.deps);
  await tick(ticking.deps);

  expect(await quiet.sent()).toEqual([]);
  expect(await ticking.sent()).toEqual(['clock.ticked of -']);
});
