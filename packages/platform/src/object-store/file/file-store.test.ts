import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ObjectHead } from '../object-store.ts';
import { type FileStore, type FileStoreOptions, openFileStore } from './file-store.ts';

const key = 'uploads/t/1';

let folder: string;
let uploads: ObjectHead[];
let open: FileStore[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-store-'));
  uploads = [];
  open = [];
});

afterEach(async () => {
  for (const store of open) await store.close();
  await rm(folder, { recursive: true });
});

async function openStore(options: Partial<FileStoreOptions> = {}): Promise<FileStore> {
  const onUploaded = async (object: ObjectHead) => void uploads.push(object);
  const store = await openFileStore({ folder, publicUrl: () => 'http://127.0.0.1', onUploaded, ...options });
  open.push(store);
  return store;
}

/** Uploads as the routes do, without HTTP. */
async function upload(store: FileStore, text: string): Promise<ObjectHead> {
  const { url } = await store.signUpload(key, { expiresInSeconds: 60, maxBytes: 1_000 });
  return store.acceptUpload(store.grantOf('PUT', key, new URL(url).searchParams), Readable.from([Buffer.from(text)]));
}

/** Lays a folder out as a process leaves it that dies within an upload. */
async function leave(parts: { temporary?: string; object?: string; record?: string }): Promise<void> {
  for (const name of ['tmp', 'uploaded', 'objects/uploads/t']) await mkdir(join(folder, name), { recursive: true });
  if (parts.temporary !== undefined) await writeFile(join(folder, 'tmp/left'), parts.temporary);
  if (parts.record !== undefined) await writeFile(join(folder, 'uploaded/left'), parts.record);
  if (parts.object !== undefined) await writeFile(join(folder, 'objects', key), parts.object);
}

async function nothingIsPending(): Promise<void> {
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  expect(await readdir(join(folder, 'uploaded'))).toEqual([]);
}

test('deletes what is left of an upload that died while its body came', async () => {
  await leave({ temporary: 'half' });
  const store = await openStore();
  expect(await store.recover()).toBe(0);
  expect(uploads).toEqual([]);
  await nothingIsPending();
});

test('forgets an upload that died after it was recorded and before it got its name', async () => {
  await leave({ temporary: 'whole', record: `${key}\n` });
  const store = await openStore();
  expect(await store.recover()).toBe(1);
  expect(uploads).toEqual([]);
  expect(await store.head(key)).toBeUndefined();
  await nothingIsPending();
  expect((await upload(store, 'again')).size).toBe(5);
});

test('notifies an upload that died between its name and the end of its temporary one', async () => {
  await leave({ temporary: 'whole', record: `${key}\n` });
  await link(join(folder, 'tmp/left'), join(folder, 'objects', key));
  const store = await openStore();
  await store.recover();
  expect(uploads).toMatchObject([{ key, size: 5 }]);
  await nothingIsPending();
});

test('notifies an upload that died before its notification, or in it', async () => {
  await leave({ object: 'whole', record: `${key}\n` });
  const store = await openStore();
  await store.recover();
  expect(uploads).toEqual([await store.head(key)]);
  await nothingIsPending();
  await store.recover();
  expect(uploads).toHaveLength(1);
});

test('takes a torn record for an upload that never got its name', async () => {
  await leave({ object: 'of another upload', record: key });
  const store = await openStore();
  await store.recover();
  expect(uploads).toEqual([]);
  await nothingIsPending();
});

test('notifies after a kill in the middle of the notification', async () => {
  const module = new URL('./file-store.ts', import.meta.url).href;
  const script = `
    const { openFileStore } = await import(${JSON.stringify(module)});
    const { Readable } = await import('node:stream');
    const store = await openFileStore({
      folder: ${JSON.stringify(folder)},
      publicUrl: () => 'http://127.0.0.1',
      onUploaded: () => new Promise(() => { process.stdout.write('notifying'); setInterval(() => {}, 1000); }),
    });
    await store.acceptUpload({ method: 'PUT', key: '${key}', expiresAt: 0, maxBytes: 99 }, Readable.from(['content']));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const store = await openStore();
  await store.recover();
  expect(uploads).toMatchObject([{ key, size: 7 }]);
  await nothingIsPending();
});

test('has recorded the upload before it is notified, and not afterwards', async () => {
  const seen: string[] = [];
  const store = await openStore({
    onUploaded: async () => {
      for (const name of await readdir(join(folder, 'uploaded'))) {
        seen.push(await readFile(join(folder, 'uploaded', name), 'utf8'));
      }
    },
  });
  await upload(store, 'x');
  expect(seen).toEqual([`${key}\n`]);
  await nothingIsPending();
});

test('accepts an upload whose notification fails, says so, and repeats it until it succeeds', async () => {
  const failures: string[] = [];
  const delivered = Promise.withResolvers<ObjectHead>();
  const store = await openStore({
    notificationRetryMs: 1,
    onNotificationFailed: (error, failed) => failures.push(`${failed}: ${String(error)}`),
    onUploaded: async (object) => {
      if (failures.length < 3) throw new Error('busy');
      delivered.resolve(object);
    },
  });
  const head = await upload(store, 'x');
  expect(await delivered.promise).toEqual(head);
  expect(failures).toEqual(Array(3).fill(`${key}: Error: busy`));
});

test('keeps the record of a failed notification for the next start', async () => {
  const first = await openStore({ onUploaded: () => Promise.reject(new Error('busy')), notificationRetryMs: 60_000 });
  await upload(first, 'x');
  await first.close();
  await (await openStore()).recover();
  expect(uploads).toMatchObject([{ key }]);
});

test('keeps an upload whose object is deleted by who hears of it', async () => {
  const store = await openStore({ onUploaded: ({ key: rejected }) => store.delete(rejected) });
  expect((await upload(store, 'x')).size).toBe(1);
  await nothingIsPending();
});

test('removes the folders that a deletion empties', async () => {
  const store = await openStore();
  await store.put('a/b/c', Buffer.from('x'));
  await store.put('a/d', Buffer.from('x'));
  await store.delete('a/b/c');
  expect(await readdir(join(folder, 'objects'), { recursive: true })).toEqual(['a', 'a/d']);
});

test('stores objects while others empty their folder', async () => {
  const store = await openStore();
  const rounds = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(
    rounds.map(async (index) => {
      await store.put(`a/b/${index}`, Buffer.from('x'));
      await store.delete(`a/b/${index}`);
    }),
  );
  expect(await readdir(join(folder, 'objects'))).toEqual([]);
});

test('reads the content that was opened to its end while another replaces it', async () => {
  const store = await openStore();
  await store.put('k', Buffer.from('old'));
  const stream = await store.get('k');
  await store.put('k', Buffer.from('new'));
  await store.delete('k');
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe('old');
});

test('keeps its signing key, readable by its owner alone', async () => {
  const first = await openStore();
  const url = await first.signDownload('k', { expiresInSeconds: 60 });
  const second = await openStore();
  expect(second.grantOf('GET', 'k', new URL(url).searchParams)).toMatchObject({ method: 'GET', key: 'k' });
  const { mode, size } = await stat(join(folder, 'signing-key'));
  expect([(mode & 0o777).toString(8), size]).toEqual(['600', 32]);
});

test('makes one key when two processes start at once', async () => {
  const [first, second] = await Promise.all([openStore(), openStore()]);
  const url = await first.signDownload('k', { expiresInSeconds: 60 });
  expect(second.grantOf('GET', 'k', new URL(url).searchParams).key).toBe('k');
  expect((await readdir(folder)).filter((name) => name.startsWith('signing-key'))).toEqual(['signing-key']);
});

test('does not start with a key that is not whole', async () => {
  await writeFile(join(folder, 'signing-key'), 'short');
  await expect(openStore()).rejects.toThrow('must have 32 bytes');
});

test('says when its folder is gone', async () => {
  const store = await openStore();
  await rm(join(folder, 'tmp'), { recursive: true });
  await expect(store.check()).rejects.toMatchObject({ code: 'store-unavailable' });
});
