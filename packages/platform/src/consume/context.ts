import type { Commit, Delivery, QueueSpec, Received, Service } from '@bellwether/contracts';
import type { Database, Tx } from '@bellwether/database';
import type { Logger } from 'pino';
import type { Perform } from '../outbox/perform.ts';
import type { Queue } from '../queue/queue.ts';

/** A handler as the consumer sees it: the types of its own messages are checked where services list their handlers. */
export type AnyHandler = (message: Received<never>, deps: never, delivery: Delivery) => Promise<Commit<Service, Tx>>;

type LooseHandler = (message: Received<unknown>, deps: unknown, delivery: Delivery) => ReturnType<AnyHandler>;

/** How one delivery ended; for logs and tests. */
export type Ending = 'handled' | 'duplicate' | 'retry' | 'returned' | 'dead';

/** What a consumer of one queue works with. */
export interface ConsumerContext {
  readonly spec: QueueSpec;
  readonly handlers: Readonly<Record<string, LooseHandler | undefined>>;
  readonly deps: unknown;
  readonly queue: Queue;
  readonly database: Database;
  readonly perform: Perform;
  readonly log: Logger;
  /** milliseconds since the epoch */
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  /** length of a lease */
  readonly visibilitySeconds: number;
  /** tenant of messages that clients put into a queue themselves */
  readonly clientTenant: string;
  /** failed attempts after which a message is dead */
  readonly maxAttempts: number;
  /** seconds to wait before the next attempt, given the number of the one that failed */
  readonly backoffSeconds: (attempt: number) => number;
  /** aborted when the process must stop and in-flight work is to be returned to the queue */
  readonly stop: AbortSignal;
}
