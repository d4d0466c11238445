import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ObjectStoreError } from '../object-store.ts';

export type Durability = 'normal' | 'full';

/** How often a folder is made again that another request pruned between its making and its use. */
const placeAttempts = 10;

export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

/**
 * Writes a body to a new file in `folder` and syncs its content. Nothing is left behind when it throws: `too-large`
 * beyond `maxBytes`, or what the body or the disk threw. A request's stream is left open then, since destroying it
 * would cut the connection before it is answered.
 */
export async function writeTemporary(
  folder: string,
  body: Readable | Uint8Array,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    const chunks = ArrayBuffer.isView(body) ? [body] : body.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
      bytes += data.byteLength;
      if (bytes > maxBytes) throw new ObjectStoreError('too-large', `The body has more than ${maxBytes} bytes.`);
      await handle.writeFile(data);
    }
    await handle.datasync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return { path, bytes };
}

/** Makes renames and new names in a folder survive a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Syncs `folder` and those above it in which a folder was made; `made` is the topmost made one. */
async function syncMade(folder: string, made: string | undefined): Promise<void> {
  const top = made === undefined ? folder : dirname(made);
  for (let current = folder; current.length >= top.length; current = dirname(current)) await syncFolder(current);
}

function isInTheWay(error: unknown): boolean {
  const isFolderName = isErrno(error, 'EEXIST') && (error as NodeJS.ErrnoException).syscall === 'mkdir';
  return isFolderName || isErrno(error, 'ENOTDIR', 'EISDIR', 'ENOTEMPTY');
}

async function placeInFolder(path: string, durability: Durability, place: () => Promise<void>): Promise<void> {
  const folder = dirname(path);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const made = await mkdir(folder, { recursive: true });
      await place();
      if (durability === 'full') await syncMade(folder, made);
      return;
    } catch (error) {
      if (isInTheWay(error)) {
        throw new ObjectStoreError('invalid-key', 'A part of this key is an object, or the key is a part of others.');
      }
      // The folder was pruned between its making and its use.
      if (!isErrno(error, 'ENOENT') || attempt === placeAttempts) throw error;
    }
  }
}

/** Moves a file to its place, over what is there. Readers see the old or the new one, never a part. */
export function placeOver(from: string, to: string, durability: Durability): Promise<void> {
  return placeInFolder(to, durability, () => rename(from, to));
}

/**
 * Moves a file to a place where nothing may be yet; of several at once exactly one succeeds. By a hard link, since
 * `rename` overwrites.
 *
 * @throws `already-uploaded`
 */
export async function placeNew(from: string, to: string, durability: Durability): Promise<void> {
  try {
    await placeInFolder(to, durability, () => link(from, to));
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    throw new ObjectStoreError('already-uploaded', 'There is an object under this key already.');
  }
  await rm(from, { force: true });
}
