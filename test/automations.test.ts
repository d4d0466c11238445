import { type Automation, emit, flow, type Job, type JobEvent, type Then, type When } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { expect, jest, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';
import { type UnrulyQueue, unrulyQueue } from './platform/unruly-queue.ts';

const asked = (when: When, then: Then, name?: string) => ({ when, then, ...(name === undefined ? {} : { name }) });

async function automate(user: Client, when: When, then: Then): Promise<Automation> {
  const { status, body } = await user.call<Automation>('POST', '/v1/automations', asked(when, then));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

async function runsOf(user: Client): Promise<Job[]> {
  return (await user.call<{ jobs: Job[] }>('GET', '/v1/jobs?kind=automation')).body.jobs;
}

/** A run is several jobs, one after the other. */
const patience = 120_000;
jest.setTimeout(2 * patience);

const ended = (user: Client, id: string): Promise<Job> =>
  eventually(
    `run ${id} ended`,
    async () => {
      const { body } = await user.call<Job>('GET', `/v1/jobs/${id}`);
      return !['queued', 'waiting', 'running'].includes(body.status) && body;
    },
    patience,
  );

/** The run that a dataset led to, once it has ended. */
async function runUpon(user: Client, trigger: string): Promise<Job> {
  const run = await eventually(`a run upon ${trigger}`, async () =>
    (await runsOf(user)).find(({ request }) => request.trigger === trigger),
  );
  return await ended(user, run.id);
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

test('what a split held out is predicted, or the newest dataset of a name', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const split: Then[number] = { kind: 'enrich', steps: [], split: { target: 'z', testFraction: 0.25, seed: 0 } };
  const asked = await user.upload('asked', 'x,y\n1,2\n3,4\n');
  await automate(user, { dataset: 'plane' }, [split, train, { kind: 'predict', name: 'held-out' }]);
  await automate(user, { dataset: 'plane' }, [
    { ...train, model: 'other' },
    { kind: 'predict', dataset: 'asked' },
  ]);

  const dataset = await user.upload('plane', planeCsv(80));
  const begun = await eventually('two runs', async () => {
    const all = await runsOf(user);
    return all.length === 2 && all;
  });
  const runs = await Promise.all(begun.map(({ id }) => ended(user, id)));

  expect(runs.map(({ status, request }) => [status, request.trigger])).toEqual([
    ['succeeded', dataset.id],
    ['succeeded', dataset.id],
  ]);
  const rowsOf = async (name: string) => {
    const { body } = await user.call<{ datasets: { id: string; rows: number; parents: string[] }[] }>(
      'GET',
      `/v1/datasets?name=${name}`,
    );
    return body.datasets.map(({ rows, parents }) => [rows, parents]);
  };
  const test = runs.find(({ result }) => result?.datasets !== undefined)?.result?.datasets as { test: string };
  expect(await rowsOf('held-out')).toEqual([[20, [test.test]]]);
  expect(await rowsOf('asked-predictions')).toEqual([[2, [asked.id]]]);
});

test('an upload that is rejected triggers nothing, and another tenant’s neither', async () => {
  await using started = await startPlatform();
  const [user, stranger] = [clientOf(started.url, 'u1'), clientOf(started.url, 'u2')];
  const { id } = await automate(user, { dataset: 'plane' }, [train]);

  expect((await user.upload('plane', 'x,y,z\n1,2,3\n4,5\n')).status).toBe('rejected');
  await stranger.upload('plane', planeCsv(60));
  const dataset = await user.upload('plane', planeCsv(60));
  await runUpon(user, dataset.id);

  expect((await runsOf(user)).map(({ request }) => request.trigger)).toEqual([dataset.id]);
  expect(await runsOf(stranger)).toEqual([]);
  expect(await stranger.refusal('GET', `/v1/automations/${id}`)).toMatchObject({ status: 404 });
  expect(await stranger.refusal('DELETE', `/v1/automations/${id}`)).toMatchObject({ status: 404 });
  expect((await stranger.call<{ automations: object[] }>('GET', '/v1/automations')).body.automations).toEqual([]);
});

test('so many new rows trigger a run, and the next are counted from there', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  await user.upload('plane', planeCsv(60), { roles: { target: 'z' } });
  const { id } = await automate(user, { dataset: 'plane', newRows: 3 }, [train]);
  const append = async (count: number) => {
    const rows = Array.from({ length: count }, (_, x) => ({ x, y: 1, z: x }));
    const { body } = await user.call<{ dataset: { id: string } }>('POST', '/v1/datasets/plane/rows', { rows });
    return (await user.settled(body.dataset.id)).id;
  };

  await append(2);
  const third = await append(1);
  await runUpon(user, third);
  await append(2);
  const sixth = await append(2);
  await runUpon(user, sixth);

  const shown = await user.call<{ runs: { trigger: string }[] }>('GET', `/v1/automations/${id}`);
  expect(shown.body.runs.map(({ trigger }) => trigger)).toEqual([sixth, third]);
});

test('a step that fails fails the run with the reason, and a deleted automation leaves its runs and begins no more', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const { id } = await automate(user, { dataset: 'plane' }, [{ ...train, target: 'w' }, { kind: 'predict' }]);

  const dataset = await user.upload('plane', planeCsv(60));
  const run = await runUpon(user, dataset.id);
  expect(await user.call('DELETE', `/v1/automations/${id}`)).toMatchObject({ status: 204 });
  const later = await user.upload('plane', planeCsv(70));
  await automate(user, { dataset: 'last' }, [train]);
  await runUpon(user, (await user.upload('last', planeCsv(60))).id);

  expect(run).toMatchObject({ status: 'failed', error: { code: 'target-missing' } });
  expect(run.error?.detail).toMatch(/^Its step train, job \w+, failed: There is no column w/);
  const triggers = (await runsOf(user)).map(({ request }) => request.trigger);
  expect(triggers).toContain(dataset.id);
  expect(triggers).not.toContain(later.id);
  expect(await user.refusal('GET', `/v1/automations/${id}`)).toMatchObject({ status: 404 });
});

test('a run that is cancelled ends with the step that is under way', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const endless = { algorithm: 'xgboost', hyperparameters: { num_round: 10_000, max_depth: 12 } } as const;
  await automate(user, { dataset: 'plane' }, [{ ...train, candidates: [endless] }, { kind: 'predict' }]);
  const dataset = await user.upload('plane', planeCsv(4000));
  const [run, step] = await eventually('a training under way', async () => {
    const { body } = await user.call<{ jobs: Job[] }>('GET', '/v1/jobs');
    const training = body.jobs.find(({ kind, status }) => kind === 'training' && status === 'running');
    const automation = body.jobs.find(({ kind }) => kind === 'automation');
    return training !== undefined && automation !== undefined && ([automation, training] as const);
  });

  await user.call('POST', `/v1/jobs/${run.id}/cancel`);

  expect((await user.finished(run.id)).status).toBe('cancelled');
  expect(await user.finished(step.id)).toMatchObject({ status: 'cancelled', parentId: run.id });
  expect(run.request.trigger).toBe(dataset.id);
});

test('delivered twice and out of order, messages lead to one run, with each step once', async () => {
  let queue: UnrulyQueue | undefined;
  await using started = await startPlatform({
    wrapQueue: (inner) => {
      queue = unrulyQueue(inner, 7);
      return queue;
    },
  });
  const user = clientOf(started.url, 'u1');
  await automate(user, { dataset: 'orders' }, [weekly, trainWeekly, { kind: 'predict', periods: 1 }]);

  const dataset = await user.upload('orders', ordersCsv(20), { roles });
  const run = await runUpon(user, dataset.id);
  await eventually('no message under way', async () => {
    const { database } = started.platform;
    const open = database.read.selectFrom('outbox').select('id').where('state', 'in', ['pending', 'sent']);
    return (await open.execute()).length === 0;
  });

  const { body } = await user.call<{ jobs: Job[] }>('GET', '/v1/jobs');
  expect(body.jobs.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
    'automation succeeded',
    'batch-prediction succeeded',
    'enrichment succeeded',
    'training succeeded',
  ]);
  const timeline = await user.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${run.id}/events`);
  expect(timeline.body.events.map(({ type }) => type).toSorted()).toEqual([
    'automation.finished',
    'automation.triggered',
    'enrichment.ordered',
    'prediction.ordered',
    'training.ordered',
  ]);
  expect(queue?.copies).toBeGreaterThan(10);
});

test('times that were missed run once, and the next is after now', async () => {
  await using started = await startPlatform();
  const { database, perform, config } = started.platform;
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(60));
  const when = { dataset: 'plane', cron: '0 6 * * *', timeZone: 'Europe/Berlin' };
  const { id, nextAt } = await automate(user, when, [train]);
  const aWeekAgo = Date.parse(nextAt ?? '') - 7 * 86_400_000;

  await database.transact((tx) => tx.updateTable('automations').set({ next_at: aWeekAgo }).execute());
  // There it is a rule of EventBridge that says so, which the test of the deployed stack waits for.
  if (config.QUEUE === 'sqs') {
    const messages = [emit(flow.clockTicked, {})];
    await perform({ id: 'tick', tenantId: '-' }, async () => ({ result: undefined, messages }));
  }
  const run = await runUpon(user, new Date(aWeekAgo).toISOString());

  expect(run).toMatchObject({ status: 'succeeded', datasetId: dataset.id });
  const shown = await user.call<Automation & { runs: object[] }>('GET', `/v1/automations/${id}`);
  expect(shown.body).toMatchObject({ nextAt, runs: [{ jobId: run.id }] });
});

test('what cannot be an automation is refused, and why', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const periods = { kind: 'predict', periods: 1 } as const;
  const refused: [object, unknown[], RegExp][] = [
    [{ dataset: 'd' }, [periods, train], /in this order/],
    [{ dataset: 'd' }, [], /then/],
    [{ dataset: 'd' }, [{ kind: 'guess' }], /then\[0\]/],
    [{ dataset: 'd', newRows: 1, cron: '@daily' }, [train], /not both/],
    [{ dataset: 'd', timeZone: 'UTC' }, [train], /goes with cron/],
    [{ dataset: 'd' }, [train, { ...periods, dataset: 'e' }], /not both/],
    [{ dataset: 'd', cron: 'x' }, [train], /cron-invalid/],
  ];
  for (const [when, then, why] of refused) {
    const { status, body } = await user.refusal('POST', '/v1/automations', { when, then });
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringMatching(why)]);
  }
});
