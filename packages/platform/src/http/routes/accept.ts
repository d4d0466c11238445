import { hash } from 'node:crypto';
import { type OperationName, Problem, type Service } from '@bellwether/contracts';
import { type Answer, jsonHeaders } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { BoundRoute, Committed } from './route.ts';

/** Whose work is accepted, and how to recognize the request if it comes again. */
export interface AcceptContext {
  readonly service: Service;
  readonly operation: OperationName;
  readonly tenantId: string;
  readonly traceparent: string;
  readonly requestId: string;
  readonly idempotencyKey?: string;
  /** with a key: SHA-256 of operation, path and body. The same key with another request is a mistake of the client */
  readonly requestHash?: string;
  /** of an answer whose commit names none */
  readonly status: number;
}

export interface AcceptedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** true when an earlier request with the same key was answered like this */
  readonly replayed?: boolean;
}

/** Runs a commit in one transaction of rows, first messages and the idempotency key. */
export type Accept<Tx> = (context: AcceptContext, commit: (tx: Tx) => Promise<Committed>) => Promise<AcceptedAnswer>;

const printable = /^[\x21-\x7e]{1,128}$/;

/** The `Idempotency-Key` of a request, checked: `invalid-request` (422) otherwise. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined || printable.test(header)) return header;
  throw new Problem(422, 'invalid-request', '`Idempotency-Key` is not a key', {
    field: 'Idempotency-Key',
    cure: 'Use 1 to 128 printable characters without blanks, a UUID for example',
  });
}

function hashOf(operation: OperationName, { request, text }: Exchange): string {
  return hash('sha256', JSON.stringify([operation, request.url, text ?? '']), 'hex');
}

/** Has work accepted and makes the answer of what was committed, now or by the same request before. */
export async function acceptWork<Tx>(
  accept: Accept<Tx>,
  { name, operation }: BoundRoute<Tx>,
  exchange: Exchange,
  commit: (tx: Tx) => Promise<Committed>,
): Promise<Answer> {
  const { tenantId, traceparent, requestId } = exchange;
  const idempotencyKey = idempotencyKeyOf(exchange.header('idempotency-key'));
  const context: AcceptContext = {
    service: operation.service,
    operation: name,
    tenantId,
    traceparent,
    requestId,
    status: operation.success.status,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey, requestHash: hashOf(name, exchange) }),
  };
  const { status, body, replayed } = await accept(context, commit);
  const headers = replayed === true ? [...jsonHeaders, 'idempotency-replayed', 'true'] : jsonHeaders;
  return { status, headers, text: JSON.stringify(body) };
}
