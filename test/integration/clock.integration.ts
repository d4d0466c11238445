import type { Automation, Job } from '@bellwether/contracts';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { startAll, stopAll } from '../crash/crashable-platform.ts';
import { clientOf } from '../platform/client.ts';
import { planeCsv } from '../platform/tables.ts';
import { fiveProcesses } from '../stack/five-processes.ts';
import { ownStack } from '../stack/own-stack.ts';

/** EventBridge's rule ticks each minute; the rest is what a slow machine needs. */
const patience = 200_000;

test('by the clock of the deployed stack an automation runs, though five processes share the work', async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using platform = fiveProcesses(stack, { folder: folder.path });
  await startAll(platform);
  try {
    const user = clientOf(platform.url, 'u1');
    const dataset = await user.upload('plane', planeCsv(60));
    const definition = {
      when: { dataset: 'plane', cron: '* * * * *' },
      ...JSON.parse('{"then":[{"kind":"train","model":"plane","candidates":[{"algorithm":"linear"}]}]}'),
    };
    const made = await user.call<Automation>('POST', '/v1/automations', definition);
    expect(made).toMatchObject({ status: 201, body: { nextAt: expect.any(String) } });

    const runs = await eventually(
      'two runs that succeeded',
      async () => {
        const { body } = await user.call<{ jobs: Job[] }>('GET', '/v1/jobs?kind=automation&status=succeeded');
        return body.jobs.length >= 2 && body.jobs.toReversed();
      },
      patience,
    );

    expect(runs[0]).toMatchObject({
      datasetId: dataset.id,
      request: { automationId: made.body.id, trigger: made.body.nextAt },
      result: { model: 'plane', promoted: true },
    });
    const triggers = runs.map(({ request }) => String(request.trigger));
    expect(new Set(triggers).size).toBe(triggers.length);
    expect(triggers.every((trigger) => trigger.endsWith(':00.000Z'))).toBe(true);
  } finally {
    await stopAll(platform);
  }
}, 400_000);
