import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Api, OperationName, ResultOf } from '@bellwether/contracts';
import { type Arguments, operationRequest } from './operation-request.ts';
import { type Sent, sendWithRetries } from './send-with-retries.ts';
import { refusalFrom, UnknownAnswer } from './server-refusal.ts';
import { parseEvents, type StreamedEvent } from './server-sent-events.ts';

export interface ClientOptions {
  /** where the server is; may have a path, as behind API Gateway */
  readonly url: string;
  readonly apiKey?: string | undefined;
  /** the tenant, where the server has AUTH=none */
  readonly user?: string | undefined;
  /** Called when the server is gone for good; returns where to go on, or undefined. */
  readonly recover?: () => Promise<string | undefined>;
}

/** Calls a Bellwether server. */
export interface Client {
  readonly url: string;
  /**
   * Calls an operation of the HTTP contract. Each call may be sent more than once: a POST carries an Idempotency-Key.
   *
   * @throws ServerRefusal, ServerUnreachable, UnknownAnswer
   */
  call<K extends OperationName>(name: K, given: Arguments<K>, signal?: AbortSignal): Promise<ResultOf<Api[K]>>;
  /**
   * Brings what an operation answers, or the object to which it redirects, into a local file.
   *
   * @throws ServerRefusal, ServerUnreachable
   */
  download<K extends OperationName>(name: K, given: Arguments<K>, path: string, signal?: AbortSignal): Promise<void>;
  /**
   * The timeline of a job as it grows. Ends when the server ends it, which may be before the job does.
   *
   * @throws ServerRefusal, ServerUnreachable, UnknownAnswer when what comes is no stream
   */
  jobEvents(id: string, after: number, signal: AbortSignal): AsyncIterable<StreamedEvent>;
}

/** A client of one server for one tenant. */
export function createClient(options: ClientOptions): Client {
  const server = { url: options.url.replace(/\/+$/, '') };
  const identity: Record<string, string> = {
    ...(options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {}),
    ...(options.user ? { 'x-user-id': options.user } : {}),
  };

  const send = (request: Sent, signal?: AbortSignal) =>
    sendWithRetries(server, { ...request, headers: { ...identity, ...request.headers } }, options.recover, signal);

  return {
    get url() {
      return server.url;
    },
    async call(name, given, signal) {
      const { method, path, body } = operationRequest(name, given);
      const headers = {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      };
      const response = await send({ method, path, headers, ...(body === undefined ? {} : { body }) }, signal);
      if (!response.ok) throw await refusalFrom(response);
      if (response.status === 204) return undefined as never;
      // Not checked against the contract's schema: a newer server may say more than this client knows.
      return (await readJson(response)) as never;
    },
    async download(name, given, target, signal) {
      const { method, path, body } = operationRequest(name, given);
      const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await send({ method, path, headers, ...(body === undefined ? {} : { body }) }, signal);
      if (!response.ok || response.body === null) throw await refusalFrom(response);
      await writeFile(target, response.body);
    },
    async *jobEvents(id, after, signal) {
      const { path } = operationRequest('listJobEvents', { params: { id }, query: { after } });
      const response = await send({ method: 'GET', path, headers: { accept: 'text/event-stream' } }, signal);
      if (!response.ok) throw await refusalFrom(response);
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || response.body === null) {
        await response.body?.cancel();
        throw new UnknownAnswer(response.url, response.status, response.headers.get('content-type'));
      }
      yield* parseEvents(response.body);
    },
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new UnknownAnswer(response.url, response.status, response.headers.get('content-type'));
  }
}
