import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from './file-write.ts';

const keyBytes = 32;

/**
 * Reads the key of a store's signed URLs, or makes one at the first start. Made under another name and linked: a crash
 * leaves no half key, and of two processes that start at once both use the one that is kept.
 *
 * @throws when the file holds anything else than 32 bytes
 */
export async function loadSigningKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'signing-key');
  const candidate = join(folder, `signing-key-${randomBytes(8).toString('hex')}`);
  await writeFile(candidate, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(candidate, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await rm(candidate, { force: true });
  }
  const key = await readFile(path);
  if (key.length !== keyBytes) throw new Error(`${path} must have ${keyBytes} bytes; delete it to get a new one`);
  return key;
}
