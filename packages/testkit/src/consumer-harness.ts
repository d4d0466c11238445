import { join } from 'node:path';
import { queueSpecs } from '@bellwether/contracts';
import { type Database, migrate, openDatabase } from '@bellwether/database';
import {
  type Consumer,
  type ConsumerContext,
  createPerform,
  createRelay,
  newId,
  openSqliteQueue,
  type Perform,
  type Queue,
  type Relay,
  startConsumer,
} from '@bellwether/platform';
import { pino } from 'pino';
import { temporaryFolder } from './temporary-folder.ts';

export interface ConsumerHarness extends AsyncDisposable {
  readonly database: Database;
  readonly queue: Queue;
  readonly relay: Relay;
  readonly perform: Perform;
  /** Consumes a queue of the flow with the given handlers; stopped at the end of the scope. */
  consume(name: string, handlers: Handlers, options?: ConsumeOptions): Consumer;
}

type Handlers = ConsumerContext['handlers'];
type ConsumeOptions = Partial<
  Pick<ConsumerContext, 'visibilitySeconds' | 'maxAttempts' | 'backoffSeconds' | 'queue'> & { concurrency: number }
>;

/**
 * A database, a queue and consumers around the handlers of a test: everything real but the handlers.
 *
 * @param wrap puts another queue in front of the real one, such as one that loses or doubles
 */
export async function consumerHarness(wrap: (queue: Queue) => Queue = (queue) => queue): Promise<ConsumerHarness> {
  const folder = temporaryFolder();
  const database = openDatabase(`sqlite:${join(folder.path, 'main.sqlite')}`);
  await migrate(database);
  const queue = wrap(openSqliteQueue({ file: join(folder.path, 'queue.sqlite') }));
  const log = pino({ level: 'silent' });
  const now = Date.now;
  const relay = createRelay({ database, queue, now, log });
  const perform = createPerform({ database, relay, now });
  const consumers: Consumer[] = [];
  return {
    database,
    queue,
    relay,
    perform,
    consume(name, handlers, options = {}) {
      const spec = queueSpecs().find((candidate) => candidate.name === name);
      if (spec === undefined) throw new Error(`the flow has no queue ${name}`);
      const consumer = startConsumer({
        spec,
        handlers,
        deps: {},
        queue,
        database,
        perform,
        log,
        now,
        newId,
        visibilitySeconds: 30,
        clientTenant: 'local',
        maxAttempts: 3,
        backoffSeconds: () => 0,
        concurrency: 4,
        ...options,
      });
      consumers.push(consumer);
      return consumer;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(consumers.map((consumer) => consumer.stop(2000)));
      await relay.flush();
      await queue.close();
      await database.close();
      folder[Symbol.dispose]();
    },
  };
}
