import { Problem } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { whenReady } from './when-ready.ts';

const notReady = () => new Problem(503, 'items-not-ready', 'being prepared');
const signal = new AbortController().signal;

test('an answer comes once items are ready', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked < 3) throw notReady();
    return 'next week';
  };

  expect(await whenReady(ask, () => 0, signal)).toBe('next week');
  expect(asked).toBe(3);
});

test('after 20 seconds the refusal stands, and other refusals at once', async () => {
  let now = 0;
  const late = async () => {
    now += 20_000;
    throw notReady();
  };
  await expect(whenReady(late, () => now, signal)).rejects.toThrow('being prepared');

  let asked = 0;
  const unknown = async () => {
    asked += 1;
    throw new Problem(404, 'item-not-found', 'no such item');
  };
  await expect(whenReady(unknown, () => 0, signal)).rejects.toThrow('no such item');
  expect(asked).toBe(1);
});
