import { Problem } from '@bellwether/contracts';
import { findAnswer, keepAnswer, type Tx } from '@bellwether/database';
import type { Accept, AcceptContext, AcceptedAnswer } from '../http/index.ts';
import type { Perform } from '../outbox/perform.ts';

/**
 * Makes the function that performs what routes decide: their rows, their first messages and the idempotency key are one
 * transaction, so a 202 is never given for work that nobody will do.
 */
export function createAccept(perform: Perform, now: () => number): Accept<Tx> {
  return (context, commit) =>
    perform<AcceptedAnswer>({ ...context, id: context.requestId }, async (tx) => {
      const earlier = await earlierAnswer(tx, context);
      if (earlier !== undefined) return { result: earlier, messages: [] };
      const { body, messages, status = context.status } = await commit(tx);
      await keep(tx, context, { status, body }, now());
      return { result: { status, body }, messages };
    });
}

async function keep(tx: Tx, context: AcceptContext, answer: AcceptedAnswer, now: number): Promise<void> {
  if (context.idempotencyKey === undefined) return;
  await keepAnswer(tx, {
    tenant_id: context.tenantId,
    operation: context.operation,
    key: context.idempotencyKey,
    request_hash: context.requestHash ?? '',
    status: answer.status,
    body: JSON.stringify(answer.body ?? null),
    created_at: now,
  });
}

async function earlierAnswer(tx: Tx, context: AcceptContext): Promise<AcceptedAnswer | undefined> {
  if (context.idempotencyKey === undefined) return undefined;
  const kept = await findAnswer(tx, {
    tenant_id: context.tenantId,
    operation: context.operation,
    key: context.idempotencyKey,
  });
  if (kept === undefined) return undefined;
  if (kept.request_hash !== context.requestHash) {
    throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request before.', {
      field: 'Idempotency-Key',
      cure: 'Use a new key for a new request.',
    });
  }
  return { status: kept.status, body: JSON.parse(kept.body), replayed: true };
}
