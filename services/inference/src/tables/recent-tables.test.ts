import { expect, test } from '@jest/globals';
import { openRecentTables } from './recent-tables.ts';

/** A store that counts what is brought and what is let go of. */
function countingStore(failFirst = false) {
  const brought: string[] = [];
  const dropped: string[] = [];
  let failing = failFirst;
  return {
    brought,
    dropped,
    async localCopy(key: string) {
      brought.push(key);
      if (failing) {
        failing = false;
        throw new Error('the store does not answer');
      }
      return {
        path: `/tmp/${key}`,
        async [Symbol.asyncDispose]() {
          dropped.push(key);
        },
      };
    },
  };
}

const path = async (given: string) => given;

test('a table that was used lately is not brought again, nor by two at once', async () => {
  const store = countingStore();
  const tables = openRecentTables(store);

  expect(await Promise.all([tables.use('a', path), tables.use('a', path)])).toEqual(['/tmp/a', '/tmp/a']);
  expect(await tables.use('a', path)).toBe('/tmp/a');

  expect(store.brought).toEqual(['a']);
  expect(store.dropped).toEqual([]);
  await tables.close();
  expect(store.dropped).toEqual(['a']);
});

test('the one that was used longest ago makes room, but not while somebody works with it', async () => {
  const store = countingStore();
  const tables = openRecentTables(store, 2);
  let finish: () => void = () => undefined;
  const working = tables.use('a', () => new Promise<void>((resolve) => (finish = resolve)));

  for (const key of ['b', 'c', 'd']) await tables.use(key, path);
  expect(store.dropped).toEqual(['b']);

  finish();
  await working;
  await tables.close();
  expect(store.dropped.toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('a table that did not come is asked for again', async () => {
  const store = countingStore(true);
  const tables = openRecentTables(store);

  await expect(tables.use('a', path)).rejects.toThrow('the store does not answer');
  expect(await tables.use('a', path)).toBe('/tmp/a');
  expect(store.brought).toEqual(['a', 'a']);
});

test('work that fails gives its table back', async () => {
  const store = countingStore();
  const tables = openRecentTables(store);
  const failing = tables.use('a', async () => {
    throw new Error('no such column');
  });

  await expect(failing).rejects.toThrow('no such column');
  await tables.close();
  expect(store.dropped).toEqual(['a']);
});
