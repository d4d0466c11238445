import { readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from './file-write.ts';

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/**
 * Keys of the files below `root` that begin with `prefix`, in the order in which S3 lists: by the bytes of the whole
 * key, where a folder sorts as its name and `/`. Memory is that of one folder.
 */
export async function* walkKeys(root: string, prefix: string, folder = ''): AsyncIterable<string> {
  const names = (await entriesOf(join(root, folder)))
    .map((entry) => (entry.isDirectory() ? `${folder}${entry.name}/` : `${folder}${entry.name}`))
    .sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    if (!name.startsWith(prefix) && !prefix.startsWith(name)) continue;
    if (name.endsWith('/')) yield* walkKeys(root, prefix, name);
    else if (name.startsWith(prefix)) yield name;
  }
}

/** Removes the folders that became empty above a removed file, up to but without `root`. */
export async function pruneAbove(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch (error) {
      // Not empty, or another request was faster.
      if (isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return;
      throw error;
    }
  }
}
