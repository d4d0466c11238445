import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from '@jest/globals';
import { bytesOf, keysOf, type ObjectStoreCase, textOf } from './object-store-subject.ts';

const mebibyte = 1_048_576;

/** 20 MiB that differ everywhere, in chunks that are not aligned with the parts of an upload. */
function* largeContent(): Iterable<Buffer> {
  for (let left = 20 * mebibyte, index = 0; left > 0; index += 1) {
    const chunk = Buffer.alloc(Math.min(left, 700_001), `${index} `);
    left -= chunk.length;
    yield chunk;
  }
}

async function hashOf(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

function failingAfter(bytes: number): Readable {
  return Readable.from(
    (function* () {
      yield Buffer.alloc(bytes);
      throw new Error('the source failed');
    })(),
  );
}

export const contentCases: readonly ObjectStoreCase[] = [
  {
    title: 'keeps bytes under a key',
    async run({ store }) {
      const before = Date.now();
      const stored = await store.put('a/b.csv', bytesOf('x,y\n'));
      expect(stored).toMatchObject({ key: 'a/b.csv', size: 4 });
      // Peers may cut the time to whole seconds.
      expect(stored.modifiedAt).toBeGreaterThanOrEqual(before - 1_000);
      expect(stored.etag).toMatch(/^[^"]+$/);
      expect(await store.head('a/b.csv')).toMatchObject({ etag: stored.etag, size: 4 });
      expect(await textOf(await store.get('a/b.csv'))).toBe('x,y\n');
    },
  },
  {
    title: 'keeps a stream of unknown length that is larger than what a peer takes at once',
    async run({ store }) {
      const stored = await store.put('large', Readable.from(largeContent()));
      expect(stored.size).toBe(20 * mebibyte);
      expect(await hashOf(await store.get('large'))).toBe(await hashOf(largeContent()));
    },
  },
  {
    title: 'keeps an empty object',
    async run({ store }) {
      expect((await store.put('empty', new Uint8Array())).size).toBe(0);
      expect(await textOf(await store.get('empty'))).toBe('');
    },
  },
  {
    title: 'replaces content, and its etag with it',
    async run({ store }) {
      const first = await store.put('k', bytesOf('one'));
      const second = await store.put('k', bytesOf('two'));
      expect(second.etag).not.toBe(first.etag);
      expect(await textOf(await store.get('k'))).toBe('two');
    },
  },
  {
    title: 'keeps nothing of a stream that fails, and what was there before',
    async run(subject) {
      const { store } = subject;
      await store.put('k', bytesOf('before'));
      for (const bytes of [10, 9 * mebibyte]) {
        await expect(store.put('k', failingAfter(bytes))).rejects.toThrow('the source failed');
        await expect(store.put('new', failingAfter(bytes))).rejects.toThrow('the source failed');
      }
      expect(await textOf(await store.get('k'))).toBe('before');
      expect(await keysOf(subject, '')).toEqual(['k']);
    },
  },
  {
    title: 'takes a local file over',
    async run({ store }) {
      const folder = await mkdtemp(join(tmpdir(), 'bellwether-put-file-'));
      await writeFile(join(folder, 'model'), 'content');
      expect((await store.putFile('models/one', join(folder, 'model'))).size).toBe(7);
      expect(await textOf(await store.get('models/one'))).toBe('content');
      await expect(readFile(join(folder, 'model'))).rejects.toMatchObject({ code: 'ENOENT' });
      await rm(folder, { recursive: true });
    },
  },
  {
    title: 'says that there is no object',
    async run({ store }) {
      await store.put('folder/k', bytesOf('x'));
      for (const key of ['nothing', 'folder', 'folder/k/below']) {
        expect(await store.head(key)).toBeUndefined();
        await expect(store.get(key)).rejects.toMatchObject({ code: 'object-not-found' });
        await expect(store.localCopy(key)).rejects.toMatchObject({ code: 'object-not-found' });
      }
    },
  },
  {
    title: 'reads ranges of bytes, both ends included',
    async run({ store }) {
      await store.put('k', bytesOf('0123456789'));
      const read = async (start: number, end?: number) =>
        textOf(await store.get('k', { range: end === undefined ? { start } : { start, end } }));
      expect(await read(2, 4)).toBe('234');
      expect(await read(0, 0)).toBe('0');
      expect(await read(7)).toBe('789');
      expect(await read(7, 100)).toBe('789');
      await expect(read(10)).rejects.toMatchObject({ code: 'range-not-satisfiable' });
    },
  },
  {
    title: 'reads only the content with the etag that was asked for',
    async run({ store }) {
      const { etag } = await store.put('k', bytesOf('one'));
      expect(await textOf(await store.get('k', { ifMatch: etag }))).toBe('one');
      await store.put('k', bytesOf('two'));
      const changed = { code: 'object-changed' };
      await expect(store.get('k', { ifMatch: etag })).rejects.toMatchObject(changed);
      await expect(store.localCopy('k', { ifMatch: etag })).rejects.toMatchObject(changed);
    },
  },
  {
    title: 'gives a local file with the content, whose end leaves the object alone',
    async run({ store }) {
      await store.put('a/data.parquet', bytesOf('content'));
      const copy = await store.localCopy('a/data.parquet');
      expect(await readFile(copy.path, 'utf8')).toBe('content');
      expect(copy.path).toMatch(/data\.parquet$/);
      await copy[Symbol.asyncDispose]();
      expect(await textOf(await store.get('a/data.parquet'))).toBe('content');
    },
  },
  {
    title: 'says that it can be used',
    async run({ store }) {
      await expect(store.check()).resolves.toBeUndefined();
    },
  },
];
