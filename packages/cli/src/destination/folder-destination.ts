import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Destination } from './destination.ts';

/** A folder, made when it is not there. */
export async function folderDestination(path: string): Promise<Destination> {
  const folder = resolve(path);
  await mkdir(folder, { recursive: true });
  return {
    async put(name, source) {
      const target = join(folder, name);
      const partial = `${target}.${process.pid}.partial`;
      await mkdir(dirname(target), { recursive: true });
      try {
        await copyFile(source, partial);
        await rename(partial, target);
      } finally {
        await rm(partial, { force: true });
      }
      return target;
    },
  };
}
