import type { LocalCopy, ObjectStore } from '@bellwether/platform';
import { LRUCache } from 'lru-cache';

/** Stored tables at hand as local files. */
export interface RecentTables {
  /** Works with a table's file, which stays until the work is done. */
  use<Result>(key: string, work: (path: string) => Promise<Result>): Promise<Result>;
  /** Lets go of all copies that nobody works with. */
  close(): Promise<void>;
}

/** Each may take a gigabyte of the disk. */
const mostTables = 8;

interface Entry {
  readonly copy: Promise<LocalCopy>;
  users: number;
  evicted: boolean;
}

/**
 * Keeps the copies of the tables that were used last: bringing one from S3 takes the longer the larger it is, and
 * requests come in rows on the same table. Stored tables never change, so no copy is ever out of date.
 */
export function openRecentTables(store: Pick<ObjectStore, 'localCopy'>, most = mostTables): RecentTables {
  const dropping = new Set<Promise<void>>();
  const drop = (entry: Entry) => {
    if (!entry.evicted || entry.users > 0) return;
    // One that never came needs no end; one that cannot be removed now goes with the machine's temporary files.
    const dropped = entry.copy
      .then((copy) => copy[Symbol.asyncDispose]())
      .catch(() => undefined)
      .finally(() => dropping.delete(dropped));
    dropping.add(dropped);
  };
  const entries = new LRUCache<string, Entry>({
    max: most,
    dispose: (entry) => {
      entry.evicted = true;
      drop(entry);
    },
  });

  function entryOf(key: string): Entry {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { copy: store.localCopy(key), users: 0, evicted: false };
    entries.set(key, entry);
    // The next one who asks tries again.
    entry.copy.catch(() => {
      if (entries.peek(key) === entry) entries.delete(key);
    });
    return entry;
  }

  return {
    async use(key, work) {
      const entry = entryOf(key);
      // Counted before anything is awaited, or it could be dropped in between.
      entry.users++;
      try {
        return await work((await entry.copy).path);
      } finally {
        entry.users--;
        drop(entry);
      }
    },
    async close() {
      entries.clear();
      await Promise.all(dropping);
    },
  };
}
