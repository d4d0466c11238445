import type { DeadLetter, Job } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { openWarehouse } from '@bellwether/warehouse';
import { expect, jest, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';

jest.setTimeout(120_000);
const patience = 90_000;

const queue = 'ingest-pipelines';
const param = { DataName: 'sales', ForecastHorizon: 7, dateCreate: '20261121' };

/** Puts a body into the queue as it stands, as `aws sqs send-message` does. */
async function send({ platform }: TestPlatform, id: string, body: string): Promise<void> {
  expect(await platform.queue.send(queue, [{ id, body }])).toEqual([]);
}

/** What the tenant of the queue sees. */
function ownerOf({ url }: TestPlatform) {
  const { call } = clientOf(url, 'local');
  return {
    jobs: async () => (await call<{ jobs: Job[] }>('GET', '/v1/jobs?kind=forecast')).body.jobs,
    deadLetters: async () =>
      (await call<{ deadLetters: DeadLetter[] }>('GET', '/v1/dead-letters')).body.deadLetters.map(
        ({ messageId, type, reasons }) => ({ messageId, type, reason: reasons.join('; ') }),
      ),
  };
}

/** There is no table, so that jobs end at once: that they are there is what is looked at. */
const ended = (started: TestPlatform, count: number) =>
  eventually(
    `${count} jobs ended`,
    async () => {
      const jobs = await ownerOf(started).jobs();
      return jobs.filter(({ status }) => status === 'failed').length === count && jobs;
    },
    patience,
  );

test('a message becomes a job of the queue’s tenant, bare or wrapped, as JSON or as JSON in a text', async () => {
  await using started = await startPlatform();
  const message = { param };

  await send(started, 'bare', JSON.stringify(message));
  await send(started, 'wrapped', JSON.stringify({ body: message }));
  await send(started, 'text', JSON.stringify({ body: JSON.stringify(message) }));
  const wrapped = clientOf(started.url, 'local').call('POST', '/v1/forecast-pipelines', { body: message });
  expect((await wrapped).status).toBe(202);
  const jobs = await ended(started, 4);

  const defaults = { NumberOfBacktestWindows: 1, PerformDelete: false };
  expect(jobs.map(({ model, request }) => ({ model, request }))).toEqual(
    Array.from({ length: 4 }, () => ({ model: 'sales', request: { param: { ...param, ...defaults } } })),
  );
  expect(await ownerOf(started).deadLetters()).toEqual([]);
});

test('a request that is neither bare nor wrapped is refused by its field', async () => {
  await using started = await startPlatform();
  const ask = (body: object) => clientOf(started.url, 'local').refusal('POST', '/v1/forecast-pipelines', body);
  const fields = [
    await ask({}),
    await ask({ param, body: { param } }),
    await ask({ body: { param: { ...param, DataName: '1' } } }),
    await ask({ param: { ...param, ForecastHorizon: 0 } }),
  ];
  expect(fields.map(({ status, body }) => [status, body.field])).toEqual([
    [422, 'param'],
    [422, 'param'],
    [422, 'body.param.DataName'],
    [422, 'param.ForecastHorizon'],
  ]);
});

test('the tenant of the queue is configured, and no message says another', async () => {
  await using started = await startPlatform({ env: { PIPELINE_TENANT: 'planning' } });

  await send(started, 'm1', JSON.stringify({ param, tenantId: 'u1' }));
  await send(started, 'm2', JSON.stringify({ param }));
  const { call } = clientOf(started.url, 'planning');
  const [job] = await eventually('a job of planning', async () => {
    const { jobs } = (await call<{ jobs: Job[] }>('GET', '/v1/jobs')).body;
    return jobs.length > 0 && jobs;
  });
  const [letter] = await eventually('a dead letter of planning', async () => {
    const { deadLetters } = (await call<{ deadLetters: DeadLetter[] }>('GET', '/v1/dead-letters')).body;
    return deadLetters.length > 0 && deadLetters;
  });

  expect([job?.model, letter?.messageId]).toEqual(['sales', 'm1']);
  expect(await ownerOf(started).jobs()).toEqual([]);
});

test('the same message twice is one job', async () => {
  await using started = await startPlatform();

  await send(started, 'm1', JSON.stringify({ param }));
  await ended(started, 1);
  // SQS may deliver it again after it was deleted.
  await send(started, 'm1', JSON.stringify({ param }));
  await eventually('the second was looked at', async () => {
    const { visible, inFlight } = await started.platform.queue.counts(queue);
    return visible + inFlight === 0;
  });

  expect(await ownerOf(started).jobs()).toHaveLength(1);
  expect(await ownerOf(started).deadLetters()).toEqual([]);
});

const long = 'a'.repeat(46);

test.each<[what: string, body: string, row: { dataName: string; dateCreate: string }, reason: RegExp]>([
  [
    'a name with a dash',
    JSON.stringify({ param: { ...param, DataName: 'my-sales' } }),
    { dataName: 'my-sales', dateCreate: '20261121' },
    /^message-invalid: param\.DataName: use a letter first/,
  ],
  [
    'a name of 46 characters',
    JSON.stringify({ param: { ...param, DataName: long } }),
    { dataName: long, dateCreate: '20261121' },
    /^message-invalid: param\.DataName: use at most 45 characters$/,
  ],
  [
    'no horizon, within a body',
    JSON.stringify({ body: JSON.stringify({ param: { ...param, ForecastHorizon: undefined } }) }),
    { dataName: 'sales', dateCreate: '20261121' },
    /^message-invalid: param\.ForecastHorizon: /,
  ],
  [
    'a day that is none',
    JSON.stringify({ param: { ...param, dateCreate: '20261399' } }),
    { dataName: 'sales', dateCreate: '20261399' },
    /^message-invalid: param\.dateCreate: there is no such day$/,
  ],
  [
    'SageMaker where it is not set up',
    JSON.stringify({ param: { ...param, Backend: 'sagemaker' } }),
    { dataName: 'sales', dateCreate: '20261121' },
    /^sagemaker-not-configured: param\.Backend: .*without SAGEMAKER_ROLE_ARN/,
  ],
  ['no JSON', 'forecast, please', { dataName: '(message m1)', dateCreate: '' }, /^message-invalid: message: /],
])(
  '%s goes to the dead letters with the reason, and the row of its parameters says it',
  async (_, body, key, reason) => {
    await using started = await startPlatform();
    const owner = ownerOf(started);

    await send(started, 'm1', body);
    const letters = await eventually('a dead letter', async () => {
      const found = await owner.deadLetters();
      return found.length > 0 && found;
    });
    const warehouse = await openWarehouse(started.platform.config);
    const row = await eventually('its row', () => warehouse.readParameters(key), patience);
    await warehouse.close();

    expect(letters).toEqual([
      { messageId: 'm1', type: 'forecast.asked', reason: expect.stringContaining('attempt 1: ') },
    ]);
    expect(letters[0]?.reason.replace('attempt 1: ', '')).toMatch(reason);
    expect(row).toMatchObject({ status: 'failed', messageId: 'm1', forecastAvailable: false });
    expect(row.reason).toMatch(reason);
    expect(await owner.jobs()).toEqual([]);
  },
);
