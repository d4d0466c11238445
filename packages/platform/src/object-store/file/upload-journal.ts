import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectHead } from '../object-store.ts';
import { type Durability, syncFolder } from './file-write.ts';

export interface UploadJournalOptions {
  /** folder of the records, which exists */
  readonly folder: string;
  readonly durability: Durability;
  readonly headOf: (key: string) => Promise<ObjectHead | undefined>;
  readonly onUploaded: (object: ObjectHead) => Promise<void>;
  readonly onNotificationFailed: (error: unknown, key: string) => void;
  /** milliseconds before the first repetition of a failed notification; doubles up to half a minute */
  readonly retryMs: number;
}

export type UploadJournal = ReturnType<typeof uploadJournal>;

const longestRetryMs = 30_000;

/**
 * Notifications of uploads, at least once whatever dies when: a record of the key is written before the object gets
 * its name, and removed after `onUploaded` resolved. A record without an object is of an upload that never ended.
 */
export function uploadJournal(options: UploadJournalOptions) {
  const { folder, headOf, onUploaded, onNotificationFailed } = options;
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const forget = (record: string) => rm(join(folder, record), { force: true });

  async function attempt(record: string, key: string): Promise<boolean> {
    try {
      const head = await headOf(key);
      if (head !== undefined) await onUploaded(head);
      await forget(record);
      return true;
    } catch (error) {
      onNotificationFailed(error, key);
      return false;
    }
  }

  /** Notifies now; on failure it returns all the same and repeats later, since the upload itself is safe. */
  async function notify(record: string, key: string, retryMs = options.retryMs): Promise<void> {
    if ((await attempt(record, key)) || closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void notify(record, key, Math.min(retryMs * 2, longestRetryMs));
    }, retryMs);
    timers.add(timer.unref());
  }

  return {
    notify,
    forget,

    /** Returns the name of the record. The newline at its end tells a whole record from a torn one. */
    async record(key: string): Promise<string> {
      const record = randomUUID();
      const handle = await open(join(folder, record), 'wx', 0o600);
      try {
        await handle.writeFile(`${key}\n`);
        if (options.durability === 'full') await handle.datasync();
      } finally {
        await handle.close();
      }
      if (options.durability === 'full') await syncFolder(folder);
      return record;
    },

    /** Notifies what an earlier process left. Returns how many records there were. */
    async recover(): Promise<number> {
      const records = await readdir(folder);
      for (const record of records) {
        const text = await readFile(join(folder, record), 'utf8');
        if (text.endsWith('\n')) await notify(record, text.slice(0, -1));
        else await forget(record);
      }
      return records.length;
    },

    close(): void {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
