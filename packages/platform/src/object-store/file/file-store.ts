import { access, constants, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { checkedKey } from '../object-key.ts';
import { type ObjectHead, type ObjectStore, ObjectStoreError } from '../object-store.ts';
import { fileObjects, type OpenObject } from './file-objects.ts';
import { type Durability, placeNew, writeTemporary } from './file-write.ts';
import { type Grant, readGrant, signedUrl } from './signed-url.ts';
import { loadSigningKey } from './signing-key.ts';
import { uploadJournal } from './upload-journal.ts';

export interface FileStoreOptions {
  /** made if needed; one process at a time uses it */
  readonly folder: string;
  /** where clients reach `fileStoreRoutes`, such as `http://127.0.0.1:8080`; asked for each URL */
  readonly publicUrl: () => string;
  /**
   * Hears of each upload by a signed URL, at least once; the same upload has the same key and etag. It is repeated
   * until it resolves, over restarts too.
   */
  readonly onUploaded: (object: ObjectHead) => Promise<void>;
  readonly onNotificationFailed?: (error: unknown, key: string) => void;
  /** `normal` syncs contents, `full` folders too, so that also names survive a power loss */
  readonly durability?: Durability;
  /** milliseconds since the epoch; for tests */
  readonly now?: () => number;
  /** milliseconds; 1,000 */
  readonly notificationRetryMs?: number;
}

/** What the routes need besides the port. */
export interface FileStore extends ObjectStore {
  /**
   * Once at the start, before the routes are served: deletes the temporaries of uploads that ended with an earlier
   * process and notifies those uploads that it stored and did not notify. Returns how many records it found.
   */
  recover(): Promise<number>;
  /** Throws Problem 403 when the query was not signed for this method and key, or expired. */
  grantOf(method: 'PUT' | 'GET', key: string, query: URLSearchParams): Grant;
  /**
   * Takes an upload. Nothing is left of one that throws: `already-uploaded`, `too-large`, `incomplete`, or what the
   * body threw.
   */
  acceptUpload(grant: Grant, body: Readable): Promise<ObjectHead>;
  /** Opens one content for its head and bytes. The caller closes the handle. Throws `object-not-found`. */
  openObject(key: string): Promise<OpenObject>;
}

/** Opens the object store of the embedded runtime: files in a folder, with signed URLs on our own port. */
export async function openFileStore(options: FileStoreOptions): Promise<FileStore> {
  const { folder, publicUrl, onUploaded, durability = 'normal', now = Date.now } = options;
  const objects = fileObjects(folder, durability);
  const records = join(folder, 'uploaded');
  for (const path of [objects.root, objects.temporaries, records]) await mkdir(path, { recursive: true });
  const secret = await loadSigningKey(folder);
  const journal = uploadJournal({
    folder: records,
    durability,
    headOf: objects.head,
    onUploaded,
    onNotificationFailed: options.onNotificationFailed ?? (() => {}),
    retryMs: options.notificationRetryMs ?? 1_000,
  });

  async function store(key: string, temporary: string): Promise<ObjectHead> {
    const record = await journal.record(key);
    try {
      await placeNew(temporary, objects.pathOf(key), durability);
    } catch (error) {
      await journal.forget(record);
      throw error;
    }
    // Before the notification: who hears it may delete the object.
    const head = await objects.requiredHead(key);
    await journal.notify(record, key);
    return head;
  }

  return {
    put: objects.put,
    putFile: objects.putFile,
    get: objects.get,
    head: objects.head,
    localCopy: objects.localCopy,
    list: objects.list,
    delete: objects.delete,
    deletePrefix: objects.deletePrefix,
    openObject: objects.openObject,

    async signUpload(key, { expiresInSeconds, maxBytes, contentLength }) {
      checkedKey(key);
      if (contentLength !== undefined && contentLength > maxBytes) {
        throw new ObjectStoreError('too-large', `${contentLength} bytes are more than the ${maxBytes} allowed.`);
      }
      const expiresAt = now() + expiresInSeconds * 1_000;
      const length = contentLength === undefined ? {} : { contentLength };
      const url = signedUrl(secret, publicUrl(), { method: 'PUT', key, expiresAt, maxBytes, ...length });
      return { method: 'PUT', url, headers: {}, expiresAt, maxBytes };
    },

    async signDownload(key, { expiresInSeconds, fileName }) {
      checkedKey(key);
      const expiresAt = now() + expiresInSeconds * 1_000;
      const name = fileName === undefined ? {} : { fileName };
      return signedUrl(secret, publicUrl(), { method: 'GET', key, expiresAt, ...name });
    },

    grantOf: (method, key, query) => readGrant(secret, { method, key, query }, now()),

    async acceptUpload({ key, maxBytes, contentLength }, body) {
      const { path, bytes } = await writeTemporary(objects.temporaries, body, contentLength ?? maxBytes);
      try {
        if (contentLength !== undefined && bytes !== contentLength) {
          throw new ObjectStoreError('incomplete', `${bytes} bytes came, and ${contentLength} were announced.`);
        }
        return await store(key, path);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },

    async recover() {
      for (const name of await readdir(objects.temporaries)) await rm(join(objects.temporaries, name), { force: true });
      return journal.recover();
    },

    async check() {
      try {
        for (const path of [objects.root, objects.temporaries, records]) {
          await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ObjectStoreError('store-unavailable', `The object store cannot use its folder: ${reason}`, {
          cause: error,
        });
      }
    },

    async close() {
      journal.close();
    },
  };
}
