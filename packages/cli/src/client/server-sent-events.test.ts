import { expect, test } from '@jest/globals';
import { collect } from '../testing/collect.ts';
import { parseEvents, type StreamedEvent } from './server-sent-events.ts';

async function eventsOf(...chunks: string[]): Promise<StreamedEvent[]> {
  async function* bytes() {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  }
  return await collect(parseEvents(bytes()));
}

test('events are read with their names, and comments are not events', async () => {
  expect(await eventsOf(': open\n\nid: 1\nevent: job\ndata: {"a":1}\n\n: ping\n\ndata: x\n\n')).toEqual([
    { event: 'job', data: '{"a":1}' },
    { event: 'message', data: 'x' },
  ]);
});

test('an event may come in any pieces', async () => {
  const text = 'event: job\r\ndata: ä1\r\n\r\nevent: job\ndata: 2\n\n';
  const bytes = new TextEncoder().encode(text);
  async function* single() {
    for (const byte of bytes) yield Uint8Array.of(byte);
  }
  expect(await collect(parseEvents(single()))).toEqual([
    { event: 'job', data: 'ä1' },
    { event: 'job', data: '2' },
  ]);
});

test('data of several lines are one text, with one leading blank taken off', async () => {
  expect(await eventsOf('data:  a\ndata:b\ndata\n\n')).toEqual([{ event: 'message', data: ' a\nb\n' }]);
});

test('an event that is cut off is none', async () => {
  expect(await eventsOf('data: 1\n\ndata: 2\n')).toEqual([{ event: 'message', data: '1' }]);
});
