import type { Operation } from '@bellwether/contracts';
import type { Request, Response } from 'express';
import { traceparentOf } from '../request/traceparent.ts';
import type { RouteRequest } from './route.ts';

/** What an exchange needs to know of the server. */
export interface ExchangeSettings {
  /** fixed scheme and host for links, where clients reach us under another name than `Host` says */
  readonly publicUrl?: string | undefined;
}

/**
 * One request on its way to its answer, and what the route sees of it. A class, because one is made for each request:
 * trace context, abort signal and public URL are made only when a route asks for them.
 */
export class Exchange implements RouteRequest<Operation> {
  readonly request: Request;
  readonly response: Response;
  readonly requestId: string;
  /** milliseconds since the epoch */
  readonly at: number = Date.now();
  readonly started: number = performance.now();
  /** empty until the caller is known */
  tenantId = '';
  /** the body as received */
  text: string | undefined;
  /** the body of an operation whose route reads it itself */
  bytes: Buffer | undefined;
  params: never = undefined as never;
  query: never = undefined as never;
  body: never = undefined as never;
  readonly #settings: ExchangeSettings;
  #traceparent: string | undefined;
  #abort: AbortController | undefined;

  constructor(request: Request, response: Response, requestId: string, settings: ExchangeSettings) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    this.#settings = settings;
  }

  /** Not a method, because routes take it out of the request: `({ header }) => …`. */
  readonly header = (name: string): string | undefined => {
    const value = this.request.headers[name.toLowerCase()];
    return typeof value === 'object' ? value.join(', ') : value;
  };

  get traceparent(): string {
    this.#traceparent ??= traceparentOf(this.header('traceparent'));
    return this.#traceparent;
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController();
      const gone = () => {
        if (!this.response.writableFinished) abort.abort(new Error('The client went away'));
      };
      if (this.response.closed) gone();
      else this.response.once('close', gone);
      this.#abort = abort;
    }
    return this.#abort.signal;
  }

  /** Ends what the route does for this client: its signal is aborted as if the client had gone. */
  stop(): void {
    if (this.#abort !== undefined) this.#abort.abort(new Error('The server stops'));
  }

  get publicUrl(): string {
    return this.#settings.publicUrl ?? `http://${this.header('host') ?? 'localhost'}`;
  }
}
