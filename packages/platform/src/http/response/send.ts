import { Problem } from '@bellwether/contracts';
import { loggedBody, loggedBytes } from '../../request-log/logged-body.ts';
import { redact } from '../../request-log/redact.ts';
import type { Edge } from '../app/edge.ts';
import type { Answer } from '../routes/answer.ts';
import type { Exchange } from '../routes/exchange.ts';
import { problemAnswer } from './problem-answer.ts';
import { sendStream } from './send-stream.ts';

/** Writes an answer to its client, if it is still there. */
function write<Tx>(edge: Edge<Tx>, exchange: Exchange, { status, headers, text, stream }: Answer): void {
  const { response, requestId } = exchange;
  const head = [
    ...headers,
    'x-request-id',
    requestId,
    'cache-control',
    'no-store',
    'x-content-type-options',
    'nosniff',
  ];
  if (edge.draining.aborted) head.push('connection', 'close');
  if (stream !== undefined) {
    response.writeHead(status, head);
    sendStream(edge, exchange, headers, stream);
    return;
  }
  if (status !== 204) head.push('content-length', text === undefined ? '0' : String(Buffer.byteLength(text)));
  response.writeHead(status, head);
  response.end(text);
}

/** Nothing may be answered that is not on record: a lost log is a refusal, and the disk is named to the operator. */
function unlogged({ requestId }: Exchange): Answer {
  const problem = new Problem(503, 'request-log-unavailable', 'The request log cannot be written', {
    cure: 'Check the disk and the database of the server; try again with the same `Idempotency-Key`',
  });
  return problemAnswer(problem, requestId);
}

function logged<Tx>(edge: Edge<Tx>, service: string, exchange: Exchange, { status, text, stream }: Answer) {
  const { request, requestId, tenantId, at, started } = exchange;
  const limit = edge.limits.loggedCharacters;
  return edge.requestLog.append({
    id: requestId,
    tenantId,
    service,
    at,
    method: request.method,
    path: redact(request.originalUrl.slice(0, 2_000)),
    status,
    duration: performance.now() - started,
    request: loggedBody(exchange.text ?? loggedBytes(exchange.bytes), limit),
    response: stream === undefined ? loggedBody(text, limit) : '[stream]',
  });
}

/** Logs an answer durably, then sends it. */
export async function logAndSend<Tx>(
  edge: Edge<Tx>,
  service: string,
  exchange: Exchange,
  answer: Answer,
): Promise<void> {
  try {
    await logged(edge, service, exchange, answer);
  } catch (error) {
    edge.reportLogFailure(error);
    write(edge, exchange, unlogged(exchange));
    return;
  }
  write(edge, exchange, answer);
}

/** Sends an answer that does not belong into the request log: health, documentation. */
export function sendUnlogged<Tx>(edge: Edge<Tx>, exchange: Exchange, answer: Answer): void {
  write(edge, exchange, answer);
}
