import { expect, test } from '@jest/globals';
import { collect } from '../testing/collect.ts';
import { type Batch, batches } from './batches.ts';

async function cut(count: number, size: number): Promise<Batch<number>[]> {
  async function* items() {
    for (let index = 0; index < count; index++) yield index;
  }
  return await collect(batches(items(), () => size));
}

test('a batch holds a thousand rows and knows where it begins', async () => {
  const found = await cut(2500, 10);
  expect(found.map(({ start, items }) => [start, items.length])).toEqual([
    [0, 1000],
    [1000, 1000],
    [2000, 500],
  ]);
  expect(found.flatMap(({ items }) => items)).toEqual(Array.from({ length: 2500 }, (_, index) => index));
});

test('wide rows make smaller batches, and a row that is too wide goes alone', async () => {
  expect((await cut(5, 900_000)).map(({ items }) => items.length)).toEqual([2, 2, 1]);
  expect((await cut(2, 9_000_000)).map(({ items }) => items.length)).toEqual([1, 1]);
});

test('no row makes no batch', async () => {
  expect(await cut(0, 1)).toEqual([]);
});
