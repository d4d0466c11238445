import type { BigIntStats } from 'node:fs';
import { copyFile, type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { checkedFolderPrefix, checkedKey } from '../object-key.ts';
import { type GetOptions, type ObjectHead, ObjectStoreError } from '../object-store.ts';
import { pruneAbove, walkKeys } from './file-tree.ts';
import { type Durability, isErrno, placeOver, writeTemporary } from './file-write.ts';

export type FileObjects = ReturnType<typeof fileObjects>;

/** An object opened for reading: the head is that of the opened content, whatever replaces it meanwhile. */
export interface OpenObject {
  readonly head: ObjectHead;
  readonly handle: FileHandle;
}

/** Content is replaced by renaming a new file over the old, so another content has another inode or time. */
function headOf(key: string, { ino, size, mtimeNs, mtimeMs }: BigIntStats): ObjectHead {
  const etag = [ino, size, mtimeNs].map((part) => part.toString(36)).join('-');
  return { key, etag, size: Number(size), modifiedAt: Number(mtimeMs) };
}

function notFound(key: string): ObjectStoreError {
  return new ObjectStoreError('object-not-found', `There is no object ${key}.`);
}

function checkMatch(head: ObjectHead, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === head.etag) return;
  throw new ObjectStoreError('object-changed', `The object ${head.key} is no longer the one that was asked for.`);
}

/** Objects as files: `<folder>/objects/<key>`, written by way of `<folder>/tmp`. Both folders exist. */
export function fileObjects(folder: string, durability: Durability) {
  const root = join(folder, 'objects');
  const temporaries = join(folder, 'tmp');
  const pathOf = (key: string) => join(root, checkedKey(key));

  async function head(key: string): Promise<ObjectHead | undefined> {
    try {
      const stats = await stat(pathOf(key), { bigint: true });
      return stats.isFile() ? headOf(key, stats) : undefined;
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  async function requiredHead(key: string): Promise<ObjectHead> {
    const found = await head(key);
    if (found === undefined) throw notFound(key);
    return found;
  }

  /** The caller closes the handle. Throws `object-not-found`. */
  async function openObject(key: string): Promise<OpenObject> {
    let handle: FileHandle;
    try {
      handle = await open(pathOf(key), 'r');
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) throw notFound(key);
      throw error;
    }
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return { handle, head: headOf(key, stats) };
    await handle.close();
    throw notFound(key);
  }

  async function remove(key: string): Promise<void> {
    const path = pathOf(key);
    // A folder of other keys is no object.
    if ((await head(key)) === undefined) return;
    await rm(path, { force: true });
    await pruneAbove(root, path);
  }

  async function* list(prefix: string): AsyncIterable<ObjectHead> {
    for await (const key of walkKeys(root, prefix)) {
      const found = await head(key);
      if (found !== undefined) yield found;
    }
  }

  return {
    root,
    temporaries,
    pathOf,
    head,
    requiredHead,
    openObject,
    list,
    delete: remove,

    async put(key: string, body: Readable | Uint8Array): Promise<ObjectHead> {
      const to = pathOf(key);
      try {
        const { path } = await writeTemporary(temporaries, body);
        await placeOver(path, to, durability).catch(async (error: unknown) => {
          await rm(path, { force: true });
          throw error;
        });
      } catch (error) {
        if (!ArrayBuffer.isView(body)) body.destroy();
        throw error;
      }
      return requiredHead(key);
    },

    async putFile(key: string, path: string): Promise<ObjectHead> {
      const to = pathOf(key);
      try {
        const handle = await open(path, 'r');
        await handle.datasync().finally(() => handle.close());
        await placeOver(path, to, durability);
      } catch (error) {
        if (!isErrno(error, 'EXDEV')) throw error;
        const { path: copy } = await writeTemporary(temporaries, new Uint8Array());
        await copyFile(path, copy);
        await placeOver(copy, to, durability);
        await rm(path);
      }
      return requiredHead(key);
    },

    async get(key: string, { range, ifMatch }: GetOptions = {}): Promise<Readable> {
      const { handle, head: found } = await openObject(key);
      try {
        checkMatch(found, ifMatch);
        if (range !== undefined && range.start >= found.size) {
          throw new ObjectStoreError('range-not-satisfiable', `${key} has ${found.size} bytes.`);
        }
      } catch (error) {
        await handle.close();
        throw error;
      }
      return handle.createReadStream({ ...range, highWaterMark: 1_048_576 });
    },

    async localCopy(key: string, { ifMatch }: { readonly ifMatch?: string } = {}) {
      checkMatch(await requiredHead(key), ifMatch);
      // The object itself: there is nothing to remove.
      return { path: pathOf(key), [Symbol.asyncDispose]: async () => {} };
    },

    async deletePrefix(prefix: string): Promise<number> {
      checkedFolderPrefix(prefix);
      let deleted = 0;
      for await (const key of walkKeys(root, prefix)) {
        await remove(key);
        deleted += 1;
      }
      return deleted;
    },
  };
}
