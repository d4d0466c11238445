import type { JobEvent } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { fakeServer } from '../testing/fake-server.ts';
import { createClient } from './client.ts';
import { followJob } from './follow-job.ts';

const running = { id: 'job_1', status: 'running', progress: 0.5 };
const ended = { id: 'job_1', status: 'succeeded', progress: 1 };
const event = (sequence: number): JobEvent => ({
  sequence,
  type: 'trial.finished',
  at: '2026-11-21T09:30:00.000Z',
  body: {},
});
const sent = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const signal = new AbortController().signal;

test('a job is followed through its stream until it ends', async () => {
  await using server = await fakeServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(sent('job', running) + sent('trial.finished', event(1)) + sent('job', ended));
  });
  const seen: number[] = [];
  const onEvent = ({ sequence }: JobEvent) => seen.push(sequence);
  expect(await followJob(createClient({ url: server.url }), 'job_1', { onEvent }, signal)).toEqual(ended);
  expect(seen).toEqual([1]);
  expect(server.requests[0]?.headers.accept).toBe('text/event-stream');
});

test('a stream that is cut is gone on with by polling, and no event comes twice', async () => {
  await using server = await fakeServer((request, response, number) => {
    if (number === 1) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(sent('trial.finished', event(1)) + sent('job', running));
      return;
    }
    const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after'));
    const body = { events: [event(1), event(2)].filter(({ sequence }) => sequence > after), job: ended };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const seen: number[] = [];
  const onEvent = ({ sequence }: JobEvent) => seen.push(sequence);
  expect(await followJob(createClient({ url: server.url }), 'job_1', { onEvent }, signal)).toEqual(ended);
  expect(seen).toEqual([1, 2]);
});

test('a gateway that gives no stream is polled', async () => {
  await using server = await fakeServer((_request, response) => {
    const body = JSON.stringify({ events: [], job: ended });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  expect(await followJob(createClient({ url: server.url }), 'job_1', {}, signal)).toEqual(ended);
});

test('a job that is not there is refused, not polled', async () => {
  const problem = { status: 404, code: 'job-not-found', detail: 'There is no job job_1.' };
  await using server = await fakeServer((_request, response) =>
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem)),
  );
  const following = followJob(createClient({ url: server.url }), 'job_1', {}, signal);
  await expect(following).rejects.toMatchObject({ code: 'job-not-found' });
  expect(server.requests.length).toBe(1);
});
