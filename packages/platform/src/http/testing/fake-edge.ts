import { type Agent, type IncomingHttpHeaders, request as send } from 'node:http';
import { api, type Operation, type OperationName, Problem } from '@bellwether/contracts';
import { openAuthentication } from '../../auth/index.ts';
import { type AppOptions, createApp } from '../app/create-app.ts';
import { type Listening, listen } from '../app/listen.ts';
import type { Accept } from '../routes/accept.ts';
import type { BoundRoute, Route } from '../routes/route.ts';
import { type MemoryRequestLog, memoryRequestLog } from './memory-request-log.ts';

/** What the fake transaction saw. */
export type FakeTx = string[];

export type FakeRoutes = { readonly [K in OperationName]?: Route<K, undefined, FakeTx> };

/** Routes for the whole contract: those given, and for all others one that refuses with 501. */
export function fakeRoutes(routes: FakeRoutes): readonly BoundRoute<FakeTx>[] {
  const given = routes as Record<string, ((request: unknown, deps: undefined) => never) | undefined>;
  return (Object.entries(api) as [OperationName, Operation][]).map(([name, operation]) => ({
    name,
    operation,
    call: (request) => {
      const route = given[name];
      if (route === undefined) throw new Problem(501, 'not-faked', name);
      return route(request, undefined);
    },
  }));
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** the body, parsed */
  readonly json: Record<string, unknown>;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** a string is sent as it is, anything else as JSON with its content type */
  readonly body?: unknown;
  readonly agent?: Agent;
}

export interface FakeEdge extends AsyncDisposable {
  readonly server: Listening;
  readonly log: MemoryRequestLog;
  /** what was given to the error log */
  readonly complaints: readonly { readonly fields: Record<string, unknown>; readonly message: string }[];
  ask(path: string, options?: Ask): Promise<Answered>;
}

function asked(url: string, path: string, { method, headers = {}, body, agent }: Ask): Promise<Answered> {
  const isText = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  const payload = isText ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = send(
      {
        hostname,
        port,
        path,
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { ...(isText ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(agent === undefined ? { agent: false } : { agent }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const isJson = response.headers['content-type']?.includes('json') === true && text !== '';
          const json = isJson ? JSON.parse(text) : {};
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

const runAtOnce: Accept<FakeTx> = async ({ status }, commit) => {
  const committed = await commit([]);
  return { status: committed.status ?? status, body: committed.body };
};

/** Serves fake routes over the real contract on a free port. */
export async function fakeEdge(routes: FakeRoutes = {}, options: Partial<AppOptions<FakeTx>> = {}): Promise<FakeEdge> {
  const log = memoryRequestLog();
  const complaints: { fields: Record<string, unknown>; message: string }[] = [];
  const complain = (fields: Record<string, unknown>, message: string) => complaints.push({ fields, message });
  const app = createApp<FakeTx>({
    services: [fakeRoutes(routes)],
    accept: runAtOnce,
    authentication: openAuthentication({ boundTo: '127.0.0.1' }),
    requestLog: log,
    logger: { warn: complain, error: complain } as never,
    ...options,
  });
  const server = await listen(app);
  return {
    server,
    log,
    complaints,
    ask: (path, ask = {}) => asked(server.url, path, ask),
    [Symbol.asyncDispose]: () => server.close(0),
  };
}
