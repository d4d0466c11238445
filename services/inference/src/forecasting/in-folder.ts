import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** Makes a local copy of an object for as long as the folder is there; by default of our own store. */
export type Bring = (key: string, from?: Pick<ObjectStore, 'localCopy'>) => Promise<string>;

/** A folder for the files of one task; nothing of it stays, however it ends. */
export async function inFolder<Result>(
  { workFolder, newId, store }: Pick<Deps, 'workFolder' | 'newId' | 'store'>,
  work: (folder: string, bring: Bring) => Promise<Result>,
): Promise<Result> {
  const folder = join(workFolder, newId('at'));
  await using copies = new AsyncDisposableStack();
  try {
    await mkdir(folder);
    return await work(folder, async (key, from = store) => copies.use(await from.localCopy(key)).path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
