import type { Logger } from 'pino';
import type { Authentication } from '../../auth/index.ts';
import type { RequestLog } from '../../request-log/index.ts';
import type { Accept } from '../routes/accept.ts';
import type { Exchange, ExchangeSettings } from '../routes/exchange.ts';

export interface Limits {
  /** bytes of a request's body; default 6 MiB */
  readonly bodyBytes: number;
  /** characters of a body that the request log keeps; default 16 KiB */
  readonly loggedCharacters: number;
}

/** What all routes of one server share. */
export interface Edge<Tx> extends ExchangeSettings {
  readonly accept: Accept<Tx>;
  readonly authentication: Authentication;
  readonly requestLog: RequestLog;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly limits: Limits;
  /** checks each reply against its contract, for tests: a mistake is a 500 */
  readonly checkReplies: boolean;
  /** tells the operator that the request log fails, now and then instead of for each request */
  readonly reportLogFailure: (error: unknown) => void;
  readonly nextId: () => string;
  /** aborted when the server stops taking requests */
  readonly draining: AbortSignal;
  /** exchanges whose answer is an event stream that is still open */
  readonly eventStreams: Set<Exchange>;
}
