import { afterEach, expect, jest, test } from '@jest/globals';
import { encodeEvent, type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

afterEach(() => {
  jest.useRealTimers();
});

async function* of(...events: readonly ServerSentEvent[]) {
  yield* events;
}

/** A source that says nothing until it is ended. */
function silent() {
  let ended = 0;
  const source: AsyncIterable<ServerSentEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return: async () => {
        ended++;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, ended: () => ended };
}

async function all(chunks: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

test('an event has its id, its type and its data as one line of JSON', () => {
  expect(encodeEvent({ id: '7', event: 'trial.finished', data: { text: 'a\nb' } })).toBe(
    'id: 7\nevent: trial.finished\ndata: {"text":"a\\nb"}\n\n',
  );
  expect(encodeEvent({ data: 1 })).toBe('data: 1\n\n');
});

test('line breaks in an id or a type cannot begin another field', () => {
  expect(encodeEvent({ id: '7\ndata: x', event: 'a\r\nb', data: 1 })).toBe('id: 7 data: x\nevent: a  b\ndata: 1\n\n');
});

test('the stream ends with its source', async () => {
  const { headers, stream } = serverSentEvents(of({ data: 1 }, { data: 2 }), { signal: new AbortController().signal });
  expect(headers['content-type']).toBe('text/event-stream');
  expect(await all(stream)).toBe(': open\n\ndata: 1\n\ndata: 2\n\n');
});

test('the stream fails with its source', async () => {
  async function* broken(): AsyncGenerator<ServerSentEvent> {
    yield { data: 1 };
    throw new Error('the database went away');
  }
  await expect(all(serverSentEvents(broken(), { signal: new AbortController().signal }).stream)).rejects.toThrow(
    'the database went away',
  );
});

test('a silent stream sends a comment each 15 seconds', async () => {
  jest.useFakeTimers();
  const { source } = silent();
  const stream = serverSentEvents(source, { signal: new AbortController().signal }).stream[Symbol.asyncIterator]();
  expect((await stream.next()).value).toBe(': open\n\n');
  for (const _time of [1, 2]) {
    const next = stream.next();
    await jest.advanceTimersByTimeAsync(15_000);
    expect((await next).value).toBe(': ping\n\n');
  }
});

test('the stream ends with its client, lets its source go and leaves no timer', async () => {
  jest.useFakeTimers();
  const client = new AbortController();
  const { source, ended } = silent();
  const stream = serverSentEvents(source, { signal: client.signal }).stream[Symbol.asyncIterator]();
  await stream.next();
  const next = stream.next();
  client.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(ended()).toBe(1);
  expect(jest.getTimerCount()).toBe(0);
});
