import type { Database } from '@bellwether/database';
import { type FileStore, newId } from '@bellwether/platform';
import { type Rows, serviceCase } from '@bellwether/testkit';
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
  const { parts, ...service } = await serviceCase(rows);
  const { database, store } = parts;
  return {
    ...service,
    deps: {
      ...parts,
      warehouse: async () => {
        throw new Error('this case has no warehouse');
      },
      requestLog: requestLog as Deps['requestLog'],
      newId,
    },
    database,
    store,
    async tell(...messageIds) {
      for (const message_id of messageIds) {
        const line = { message_id, job_id: 'job_1', tenant_id: 't1', type: message_id, at: 1000, body: '{}' };
        await database.transact((tx) => tx.insertInto('job_events').values(line).execute());
      }
    },
  };
}
