import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somebody else has the data folder; `url` is where their server answers, when it said so. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  readonly code = 'data-folder-in-use';
  readonly url: string | undefined;
  constructor(folder: string, url: string | undefined) {
    super(`the data folder ${folder} is in use by another process${url ? ` at ${url}` : ''}`);
    this.url = url;
  }
}

export interface DataFolder {
  readonly path: string;
  /** Says where this process answers, for commands that come later. */
  announce(url: string): void;
  release(): void;
}

/**
 * Takes the data folder for this process. The lock is SQLite's own on a file of its own: the system drops it when the
 * process ends in whatever way, so a crash leaves nothing to clean up.
 *
 * @throws DataFolderInUse
 */
export function takeDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  const announcement = join(path, 'server.json');
  const lock = new DatabaseSync(join(path, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new DataFolderInUse(path, announcedUrl(announcement));
  }
  rmSync(announcement, { force: true });
  return {
    path,
    announce: (url) => writeFileSync(announcement, JSON.stringify({ url })),
    release() {
      rmSync(announcement, { force: true });
      lock.close();
    },
  };
}

function announcedUrl(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { url?: string }).url;
  } catch {
    return undefined;
  }
}
