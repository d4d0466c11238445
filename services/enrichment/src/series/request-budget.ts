import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, reserveToken } from '@bellwether/database';

/** FRED takes 120 requests a minute: a minute that begins with a full bucket sees 60 + 60. */
const bucket = { name: 'fred', capacity: 60, perSecond: 1 };

/**
 * A turn in the budget of requests to FRED, which all processes share through the database. Turns are given in the
 * order in which they were asked for.
 */
export function createRequestBudget(database: Database, now: () => number): () => Promise<void> {
  return async () => {
    const wait = await database.transact((tx) => reserveToken(tx, bucket, now()));
    if (wait > 0) await sleep(wait);
  };
}
