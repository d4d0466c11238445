import type { Database } from '@bellwether/database';
import { newId } from '@bellwether/platform';
import { insertRows, type Rows, temporaryDatabase } from '@bellwether/testkit';
import { pino } from 'pino';
import type { Deps } from '../src/deps.ts';

export interface MetricsCase extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: Database;
  /** Adds lines to the timeline of `job_1`, by the ids of their messages. */
  tell(...messageIds: string[]): Promise<void>;
}

/**
 * A database with these rows.
 *
 * @param requestLog only where a test reads it
 */
export async function metricsCase(rows: Rows = {}, requestLog: Partial<Deps['requestLog']> = {}): Promise<MetricsCase> {
  const { database, [Symbol.asyncDispose]: closeDatabase } = await temporaryDatabase();
  await insertRows(database, rows);
  return {
    deps: {
      database,
      requestLog: requestLog as Deps['requestLog'],
      now: () => 5000,
      newId,
      log: pino({ level: 'silent' }),
    },
    database,
    async tell(...messageIds) {
      for (const message_id of messageIds) {
        const line = { message_id, job_id: 'job_1', tenant_id: 't1', type: message_id, at: 1000, body: '{}' };
        await database.transact((tx) => tx.insertInto('job_events').values(line).execute());
      }
    },
    [Symbol.asyncDispose]: closeDatabase,
  };
}
