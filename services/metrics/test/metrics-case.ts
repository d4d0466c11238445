import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@bellwether/database';
import { createPerform, type FileStore, newId, openFileStore } from '@bellwether/platform';
import { insertRows, type Rows, temporaryDatabase, temporaryFolder } from '@bellwether/testkit';
import { pino } from 'pino';
import type { Deps } from '../src/deps.ts';

export interface MetricsCase extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: Database;
  readonly store: FileStore;
  /** Adds lines to the timeline of `job_1`, by the ids of their messages. */
  tell(...messageIds: string[]): Promise<void>;
}

/**
 * A database with these rows.
 *
 * @param requestLog only where a test reads it
 */
export async function metricsCase(rows: Rows = {}, requestLog: Partial<Deps['requestLog']> = {}): Promise<MetricsCase> {
  const folder = temporaryFolder();
  const { database, [Symbol.asyncDispose]: closeDatabase } = await temporaryDatabase();
  const workFolder = join(folder.path, 'work');
  mkdirSync(workFolder);
  const store = await openFileStore({
    folder: join(folder.path, 'store'),
    publicUrl: () => 'http://127.0.0.1',
    onUploaded: async () => undefined,
  });
  await insertRows(database, rows);
  return {
    deps: {
      database,
      store,
      warehouse: async () => {
        throw new Error('this case has no warehouse');
      },
      workFolder,
      requestLog: requestLog as Deps['requestLog'],
      perform: createPerform({ database, relay: { publish: async () => undefined }, now: () => 5000 }),
      now: () => 5000,
      newId,
      log: pino({ level: 'silent' }),
    },
    database,
    store,
    async tell(...messageIds) {
      for (const message_id of messageIds) {
        const line = { message_id, job_id: 'job_1', tenant_id: 't1', type: message_id, at: 1000, body: '{}' };
        await database.transact((tx) => tx.insertInto('job_events').values(line).execute());
      }
    },
    async [Symbol.asyncDispose]() {
      await closeDatabase();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}
