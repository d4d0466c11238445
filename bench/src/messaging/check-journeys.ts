import { isDeepStrictEqual } from 'node:util';
import type { Database } from '@bellwether/database';
import type { Queue } from '@bellwether/platform';
import { BenchmarkFailure } from '../failure.ts';
import { queueName } from './queue-name.ts';

/**
 * Looks whether each message was handled once, wrote its row and left nothing behind.
 *
 * @param messages how many were handled
 * @throws BenchmarkFailure `messages-lost`
 */
export async function checkJourneys({ database, queue }: { database: Database; queue: Queue }, messages: number) {
  const count = async (table: 'inbox' | 'job_events' | 'dead_letters' | 'attempts') => {
    const row = await database.read
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(row.n);
  };
  const outbox = await database.read
    .selectFrom('outbox')
    .select(({ fn }) => ['state', fn.countAll().as('n')])
    .groupBy('state')
    .execute();
  const found = {
    outbox: outbox.map(({ state, n }) => `${n} ${state}`).join(),
    inbox: await count('inbox'),
    rows: await count('job_events'),
    failures: (await count('attempts')) + (await count('dead_letters')),
    queue: await queue.counts(queueName),
  };
  const expected = {
    outbox: `${messages} handled`,
    inbox: messages,
    rows: messages,
    failures: 0,
    queue: { visible: 0, inFlight: 0, delayed: 0, dead: 0 },
  };
  if (isDeepStrictEqual(found, expected)) return;
  throw new BenchmarkFailure('messages-lost', `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}
