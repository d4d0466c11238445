import type { Outgoing } from '@bellwether/contracts';
import { addToOutbox, type Database, type Tx } from '@bellwether/database';
import { type Origin, sealMessages } from '../messages/seal.ts';
import type { Relay } from './relay.ts';

export interface Decision<Result> {
  readonly result: Result;
  readonly messages: readonly Outgoing[];
}

/**
 * Performs one decision: rows and outbox in one transaction, then the messages go to their queues. Every change of the
 * platform comes through here, whether a message, a request or the clock led to it.
 *
 * @param origin ids of the messages derive from its id, so the same cause gives the same ids again
 */
export type Perform = <Result>(
  origin: Omit<Origin, 'traceparent'> & { readonly traceparent?: string },
  decide: (tx: Tx) => Promise<Decision<Result>>,
) => Promise<Result>;

const noTrace = `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`;

export function createPerform(deps: { database: Database; relay: Relay; now: () => number }): Perform {
  const { database, relay, now } = deps;
  return async (origin, decide) => {
    const { result, entries } = await database.transact(async (tx) => {
      const decision = await decide(tx);
      const at = now();
      const sealed = sealMessages(decision.messages, { traceparent: noTrace, ...origin }, at);
      await addToOutbox(tx, sealed, at);
      return { result: decision.result, entries: sealed };
    });
    await relay.publish(entries);
    return result;
  };
}
