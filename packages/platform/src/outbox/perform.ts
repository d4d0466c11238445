import type { Outgoing } from '@bellwether/contracts';
import {
  addToOutbox,
  CommitOutcomeUnknown,
  claimMessages,
  type Database,
  forgetAttempts,
  type MessageKey,
  settleHandled,
  type Tx,
} from '@bellwether/database';
import { type Call, perTurn } from '../batching/per-turn.ts';
import { type Origin, sealMessages } from '../messages/seal.ts';
import type { Relay } from './relay.ts';

export interface Decision<Result> {
  readonly result: Result;
  readonly messages: readonly Outgoing[];
}

/** What led to a decision. */
export interface Cause extends Omit<Origin, 'traceparent'> {
  readonly traceparent?: string;
  /** the queue from which the message `id` came; undefined when a request or the clock is the cause */
  readonly queue?: string;
}

/**
 * Performs one decision: rows and outbox in one transaction, then the messages go to their queues. Every change of the
 * platform comes through here, whether a message, a request or the clock led to it.
 *
 * `decide` may run more than once, and only its last run counts: a transaction that was rolled back is tried again.
 *
 * @param cause ids of the messages derive from its id, so the same cause gives the same ids again
 * @param committed runs after the commit, beside the sending; what it throws is thrown here, though all is committed
 * @throws AlreadyHandled when the cause is a message that was handled on its queue before; then nothing changes
 */
export type Perform = <Result>(
  cause: Cause,
  decide: (tx: Tx) => Promise<Decision<Result>>,
  committed?: () => Promise<unknown>,
) => Promise<Result>;

/** Another delivery of the message was first. */
export class AlreadyHandled extends Error {
  override readonly name = 'AlreadyHandled';
  readonly code = 'already-handled';
}

interface Pending {
  readonly cause: Cause;
  readonly decide: (tx: Tx) => Promise<Decision<unknown>>;
  readonly committed: (() => Promise<unknown>) | undefined;
}

type Calls = readonly Call<Pending, unknown>[];

const noTrace = `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`;

/** Decisions in one transaction: more gain nothing, and all of them would wait for the last. */
const largestGroup = 50;

/**
 * Decisions of one turn of the event loop share a transaction, and none is answered before its commit. When one of them
 * throws, or was made before, all are rolled back and each runs in a transaction of its own: it fails nobody else.
 */
export function createPerform(deps: { database: Database; relay: Pick<Relay, 'publish'>; now: () => number }): Perform {
  const { database, relay, now } = deps;

  async function together(calls: Calls): Promise<void> {
    const { results, entries } = await database.transact((tx) => decideAll(tx, calls, now()));
    const published = relay.publish(entries);
    const answer = async ({ item, resolve, reject }: Call<Pending, unknown>, result: unknown) => {
      try {
        await item.committed?.();
        await published;
        resolve(result);
      } catch (error) {
        reject(error);
      }
    };
    await Promise.all(calls.map((call, index) => answer(call, results[index])));
  }

  async function commit(calls: Calls): Promise<void> {
    try {
      await together(calls);
    } catch (error) {
      if (calls.length === 1 || error instanceof CommitOutcomeUnknown) throw error;
      for (const call of calls) await together([call]).catch(call.reject);
    }
  }

  const perform = perTurn<Pending, unknown>(commit, largestGroup);
  return async <Result>(
    cause: Cause,
    decide: (tx: Tx) => Promise<Decision<Result>>,
    committed?: () => Promise<unknown>,
  ) => (await perform({ cause, decide, committed })) as Result;
}

/** What decisions have in common, by one statement each; between them the decisions themselves. */
async function decideAll(tx: Tx, calls: Calls, at: number) {
  const claims = calls.flatMap(({ item: { cause } }): MessageKey[] =>
    cause.queue === undefined ? [] : [{ id: cause.id, queue: cause.queue }],
  );
  // First, so that of two deliveries at once the loser has touched nothing else.
  if (!(await claimMessages(tx, claims, at))) throw new AlreadyHandled();
  const results: unknown[] = [];
  const entries = [];
  for (const { item } of calls) {
    const { result, messages } = await item.decide(tx);
    results.push(result);
    entries.push(...sealMessages(messages, { traceparent: noTrace, ...item.cause }, at));
  }
  await addToOutbox(tx, entries, at);
  await settleHandled(tx, claims);
  await forgetAttempts(tx, claims);
  return { results, entries };
}
