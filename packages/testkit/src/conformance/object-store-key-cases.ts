import { expect } from '@jest/globals';
import { bytesOf, hour, keysOf, type ObjectStoreCase, small, textOf } from './object-store-subject.ts';

const refusedKeys = [
  '',
  '/',
  '/etc/passwd',
  'a/',
  'a//b',
  '.',
  '..',
  '../x',
  'a/../../x',
  'a/./b',
  '%2e%2e/x',
  'a\\..\\x',
  'C:\\x',
  'a\u0000b',
  'a b',
  'é',
  'a?b',
  'a'.repeat(256),
  `${'a/'.repeat(512)}a`,
];

export const keyCases: readonly ObjectStoreCase[] = [
  {
    title: 'refuses keys that could leave the store, whatever is asked',
    async run({ store }) {
      const refused = { code: 'invalid-key' };
      for (const key of refusedKeys) {
        await expect(store.put(key, bytesOf('x'))).rejects.toMatchObject(refused);
        await expect(store.get(key)).rejects.toMatchObject(refused);
        await expect(store.head(key)).rejects.toMatchObject(refused);
        await expect(store.delete(key)).rejects.toMatchObject(refused);
        await expect(store.localCopy(key)).rejects.toMatchObject(refused);
        await expect(store.signUpload(key, small)).rejects.toMatchObject(refused);
        await expect(store.signDownload(key, hour)).rejects.toMatchObject(refused);
      }
    },
  },
  {
    title: 'refuses prefixes that name no folder',
    async run({ store }) {
      for (const prefix of ['', '/', 'a', '../', 'a/../', '//']) {
        await expect(store.deletePrefix(prefix)).rejects.toMatchObject({ code: 'invalid-key' });
      }
    },
  },
  {
    title: 'refuses an object below another one',
    needs: 'no-keys-below-keys',
    async run({ store }) {
      await store.put('a', bytesOf('x'));
      await expect(store.put('a/b', bytesOf('x'))).rejects.toMatchObject({ code: 'invalid-key' });
      await store.put('c/d', bytesOf('x'));
      await expect(store.put('c', bytesOf('x'))).rejects.toMatchObject({ code: 'invalid-key' });
    },
  },
  {
    title: 'lists by prefix in the order of keys',
    async run(subject) {
      const keys = ['a/x', 'a-b/x', 'a.c', 'a/b/c', 'a/b.c', 'b', 'a/B', 'a0'];
      for (const key of keys) await subject.store.put(key, bytesOf(key));
      expect(await keysOf(subject, '')).toEqual([...keys].sort());
      expect(await keysOf(subject, 'a/')).toEqual(['a/B', 'a/b.c', 'a/b/c', 'a/x']);
      expect(await keysOf(subject, 'a/b')).toEqual(['a/b.c', 'a/b/c']);
      expect(await keysOf(subject, 'nothing/')).toEqual([]);
      expect(await keysOf(subject, '../')).toEqual([]);
    },
  },
  {
    title: 'lists what a head says',
    async run({ store }) {
      const stored = await store.put('k', bytesOf('four'));
      for await (const { key, size, etag } of store.list('k')) {
        expect({ key, size, etag }).toEqual({ key: 'k', size: 4, etag: stored.etag });
      }
    },
  },
  {
    title: 'deletes an object; one that is not there is no error',
    async run(subject) {
      const { store } = subject;
      await store.put('a/b/c', bytesOf('x'));
      await store.delete('a/b/c');
      await store.delete('a/b/c');
      await store.delete('a');
      expect(await keysOf(subject, '')).toEqual([]);
      await store.put('a', bytesOf('now an object'));
      expect(await textOf(await store.get('a'))).toBe('now an object');
    },
  },
  {
    title: 'deletes by prefix what is in the folder and nothing beside it, by the thousand',
    async run(subject) {
      const { store } = subject;
      const beside = ['a/b2', 'a/b.c', 'a/c/b/x'];
      for (const key of beside) await store.put(key, bytesOf('x'));
      for (let page = 0; page < 21; page += 1) {
        const keys = Array.from({ length: 50 }, (_, index) => `a/b/${page}/${index}`);
        await Promise.all(keys.map((key) => store.put(key, bytesOf('x'))));
      }
      expect(await store.deletePrefix('a/b/')).toBe(1_050);
      expect(await store.deletePrefix('a/b/')).toBe(0);
      expect(await keysOf(subject, '')).toEqual([...beside].sort());
    },
  },
];
