import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type MetricsCase, metricsCase } from '../../test/metrics-case.ts';
import { listJobEvents } from './list-job-events.ts';

type Request = Parameters<typeof listJobEvents>[0];

const ask = (after = 0, headers: Record<string, string> = {}) =>
  requested<Request>({
    params: { id: 'job_1' },
    query: { after },
    header: (name: string) => headers[name],
  });

/** Reads a stream as lines `event:` and calls `onEvent` with each while it runs. */
async function streamed(
  metrics: MetricsCase,
  options: { after?: number; lastEventId?: string; onEvent?: (event: string) => Promise<void> } = {},
): Promise<string[]> {
  const { after, lastEventId, onEvent } = options;
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const answer = await listJobEvents(ask(after, headers), metrics.deps);
  if (!('stream' in answer) || answer.stream === undefined) throw new Error('no stream');
  const seen: string[] = [];
  for await (const chunk of answer.stream) {
    for (const [, event = ''] of String(chunk).matchAll(/^event: (.*)$/gm)) {
      seen.push(event);
      await onEvent?.(event);
    }
  }
  return seen;
}

const ended: Rows = { jobs: [{ status: 'succeeded', result: '{"promoted":true}' }] };
const lines = ['requested', 'trial', 'job_1:finished', 'job_1:promoted'];

test('without a stream there is a list of what came after a line, and the job', async () => {
  await using metrics = await metricsCase(ended);
  await metrics.tell(...lines);

  const answer = await listJobEvents(ask(2), metrics.deps);

  expect(answer).toMatchObject({
    body: { events: [{ sequence: 3 }, { sequence: 4 }], job: { id: 'job_1', status: 'succeeded' } },
  });
});

test('a stream of a job that has ended is its timeline, then the job', async () => {
  await using metrics = await metricsCase(ended);
  await metrics.tell(...lines);

  expect(await streamed(metrics)).toEqual([...lines, 'job']);
});

test('a stream goes on after the line that its reader saw last', async () => {
  await using metrics = await metricsCase(ended);
  await metrics.tell(...lines);

  expect(await streamed(metrics, { lastEventId: '3' })).toEqual(['job_1:promoted', 'job']);
  expect(await streamed(metrics, { after: 2, lastEventId: 'nonsense' })).toEqual([
    'job_1:finished',
    'job_1:promoted',
    'job',
  ]);
});

test('the job is shown while it runs, and its end only after the lines that tell of it', async () => {
  await using metrics = await metricsCase({ jobs: [{ status: 'running' }] });
  await metrics.tell('requested');
  let shown = 0;

  const seen = await streamed(metrics, {
    onEvent: async (event) => {
      if (event !== 'job' || shown++ > 0) return;
      // The row first, as it happens: the timeline follows by the time of a message.
      const change = { status: 'succeeded', result: '{"promoted":true}' } as const;
      await metrics.database.transact((tx) => tx.updateTable('jobs').set(change).execute());
      setTimeout(() => void metrics.tell('job_1:promoted', 'job_1:finished'), 50);
    },
  });

  expect(seen).toEqual(['requested', 'job', 'job_1:promoted', 'job_1:finished', 'job']);
});

test('a stream ends with its job though the last line never comes', async () => {
  await using metrics = await metricsCase({ jobs: [{ status: 'failed' }] });
  await metrics.tell('requested');

  expect(await streamed(metrics)).toEqual(['requested', 'job']);
});

test('another tenant’s job is not there', async () => {
  await using metrics = await metricsCase({ jobs: [{ tenant_id: 't2' }] });

  await expect(listJobEvents(ask(), metrics.deps)).rejects.toMatchObject({ status: 404, code: 'job-not-found' });
});
