import type { Outgoing } from '@bellwether/contracts';
import {
  addToOutbox,
  CommitOutcomeUnknown,
  type Database,
  forgetAttempts,
  inSavepoint,
  type MessageKey,
  type OutboxEntry,
  settleHandled,
  type Tx,
} from '@bellwether/database';
import { type Call, perTurn } from '../batching/per-turn.ts';
import { type Origin, sealMessages } from '../messages/seal.ts';
import type { Relay } from './relay.ts';

export interface Decision<Result> {
  readonly result: Result;
  readonly messages: readonly Outgoing[];
  /** the incoming message that this decision ends well */
  readonly handled?: MessageKey;
}

type Cause = Omit<Origin, 'traceparent'> & { readonly traceparent?: string };

/**
 * Performs one decision: rows and outbox in one transaction, then the messages go to their queues. Every change of the
 * platform comes through here, whether a message, a request or the clock led to it.
 *
 * @param origin ids of the messages derive from its id, so the same cause gives the same ids again
 */
export type Perform = <Result>(origin: Cause, decide: (tx: Tx) => Promise<Decision<Result>>) => Promise<Result>;

interface Pending {
  readonly origin: Cause;
  readonly decide: (tx: Tx) => Promise<Decision<unknown>>;
}

type Outcome = PromiseSettledResult<Decision<unknown>>;

const noTrace = `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`;

/** Decisions in one transaction: far more than this gain nothing, and all of them would wait for the last. */
const largestGroup = 50;

/**
 * Decisions of one turn of the event loop share a transaction, each within a savepoint of its own: one that throws takes
 * back what it wrote and nothing else. None is answered before the commit.
 */
export function createPerform(deps: { database: Database; relay: Relay; now: () => number }): Perform {
  const { database, relay, now } = deps;

  async function together(calls: readonly Call<Pending, unknown>[]): Promise<void> {
    const { outcomes, entries } = await database.transact(async (tx) => {
      const decided: Outcome[] = [];
      for (const { item } of calls) decided.push(await inSavepoint(tx, item.decide));
      return { outcomes: decided, entries: await note(tx, calls, decided) };
    });
    await relay.publish(entries);
    for (const [index, { resolve, reject }] of calls.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') resolve(outcome.value.result);
      else reject(outcome?.reason);
    }
  }

  /** What the decisions have in common, each kind of row by one statement. */
  async function note(tx: Tx, calls: readonly Call<Pending, unknown>[], outcomes: readonly Outcome[]) {
    const at = now();
    const entries: OutboxEntry[] = [];
    const handled: MessageKey[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const origin = calls[index]?.item.origin;
      if (outcome.status === 'rejected' || origin === undefined) continue;
      entries.push(...sealMessages(outcome.value.messages, { traceparent: noTrace, ...origin }, at));
      if (outcome.value.handled !== undefined) handled.push(outcome.value.handled);
    }
    await settleHandled(tx, handled);
    await forgetAttempts(tx, handled);
    await addToOutbox(tx, entries, at);
    return entries;
  }

  async function commit(calls: readonly Call<Pending, unknown>[]): Promise<void> {
    try {
      await together(calls);
    } catch (error) {
      if (calls.length === 1 || error instanceof CommitOutcomeUnknown) throw error;
      // Nothing was committed. Alone, whichever of them cannot be committed fails nobody else.
      for (const call of calls) await together([call]).catch(call.reject);
    }
  }

  const decided = perTurn<Pending, unknown>(commit, largestGroup);
  return async <Result>(origin: Cause, decide: (tx: Tx) => Promise<Decision<Result>>) =>
    (await decided({ origin, decide })) as Result;
}
