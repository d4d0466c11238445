import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LocalCopy } from '../object-store.ts';

/** Writes content to a file in a temporary folder of its own, under the last name of `key`. */
export async function copyToTemporary(key: string, content: Readable): Promise<LocalCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-object-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, basename(key));
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: dispose };
}
