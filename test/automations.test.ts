import type { Automation, Job, JobEvent, Then, When } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';

const asked = (when: When, then: Then, name?: string) => ({ when, then, ...(name === undefined ? {} : { name }) });

async function automate(user: Client, when: When, then: Then): Promise<Automation> {
  const { status, body } = await user.call<Automation>('POST', '/v1/automations', asked(when, then));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

async function runsOf(user: Client): Promise<Job[]> {
  return (await user.call<{ jobs: Job[] }>('GET', '/v1/jobs?kind=automation')).body.jobs;
}

/** The run that a dataset led to, once it has ended. */
async function runUpon(user: Client, trigger: string): Promise<Job> {
  const run = await eventually(`a run upon ${trigger}`, async () =>
    (await runsOf(user)).find(({ request }) => request.trigger === trigger),
  );
  return await user.finished(run.id);
}

const train: Then[number] = { kind: 'train', model: 'plane', candidates: [{ algorithm: 'linear' }] };

test('a model is trained by itself once a file is uploaded', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const { id } = await automate(user, { dataset: 'plane' }, [train]);

  const dataset = await user.upload('plane', planeCsv(60));
  const run = await runUpon(user, dataset.id);

  expect(run).toMatchObject({
    status: 'succeeded',
    kind: 'automation',
    datasetId: dataset.id,
    result: { model: 'plane', promoted: true, steps: [{ kind: 'train' }] },
  });
  const [step] = (run.result?.steps ?? []) as { jobId: string }[];
  const child = await user.call<Job>('GET', `/v1/jobs/${step?.jobId}`);
  expect(child.body).toMatchObject({ status: 'succeeded', kind: 'training', parentId: run.id, datasetId: dataset.id });
  const timeline = await eventually('the whole timeline', async () => {
    const { body } = await user.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${run.id}/events`);
    return body.events.length === 3 && body.events;
  });
  expect(timeline.map(({ type }) => type).toSorted()).toEqual([
    'automation.finished',
    'automation.triggered',
    'training.ordered',
  ]);
  expect(timeline.find(({ type }) => type === 'training.ordered')?.body).toMatchObject({ jobId: step?.jobId });
  const shown = await user.call<Automation & { runs: object[] }>('GET', `/v1/automations/${id}`);
  expect(shown.body.runs).toEqual([
    { jobId: run.id, trigger: dataset.id, status: 'succeeded', at: expect.any(String) },
  ]);
  expect(await user.leaderboard('plane')).toMatchObject([
    { algorithm: 'linear', champion: true },
    { algorithm: 'baseline' },
  ]);
});

const monday = Date.UTC(2024, 0, 1);
const isoDay = (day: number) => new Date(monday + day * 86_400_000).toISOString().slice(0, 10);

/** So many whole weeks of orders of two products. */
const ordersCsv = (weeks: number) =>
  `PRODUCT_ID,CHECKOUT_DATE,QUANTITY\n${Array.from({ length: weeks * 7 }, (_, day) =>
    [17, 4048].map((product) => `${product},${isoDay(day)},${3 + ((day * product) % 5)}\n`).join(''),
  ).join('')}`;

const roles = { item: 'PRODUCT_ID', timestamp: 'CHECKOUT_DATE', target: 'QUANTITY' };
const weekly: Then[number] = {
  kind: 'enrich',
  name: 'weekly',
  steps: [
    {
      kind: 'aggregate',
      period: 'week',
      values: [{ column: 'QUANTITY', function: 'sum' }],
      gaps: 'zero',
      incomplete: 'drop',
    },
    { kind: 'lags', periods: 2, differences: true, as: 'sales' },
  ],
};
const trainWeekly: Then[number] = {
  kind: 'train',
  model: 'weekly',
  target: 'QUANTITY',
  candidates: [{ algorithm: 'linear' }],
};

interface Rows {
  readonly rows: readonly Record<string, unknown>[];
}

test('orders are enriched, trained and predicted for the next weeks of all items, on each upload anew', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  await automate(user, { dataset: 'orders' }, [
    weekly,
    trainWeekly,
    { kind: 'predict', periods: 2, name: 'next-weeks' },
  ]);

  for (const weeks of [20, 21]) {
    const dataset = await user.upload('orders', ordersCsv(weeks), { roles });
    const run = await runUpon(user, dataset.id);
    expect(run).toMatchObject({ status: 'succeeded', result: { model: 'weekly', steps: [{}, {}, {}] } });
    const { body } = await user.call<Rows>('GET', `/v1/datasets/${run.result?.predictionsId}/rows`);
    expect(body.rows.map((row) => [row.PRODUCT_ID, String(row.CHECKOUT_DATE).slice(0, 10)])).toEqual(
      [17, 4048].flatMap((item) => [0, 1].map((week) => [item, isoDay((weeks + week) * 7)])),
    );
    for (const { prediction } of body.rows) expect(prediction).toBeGreaterThan(0);
  }
  expect(await runsOf(user)).toHaveLength(2);
  const named = await user.call<{ datasets: { rows: number }[] }>('GET', '/v1/datasets?name=next-weeks');
  expect(named.body.datasets.map(({ rows }) => rows)).toEqual([4, 4]);
});
