import {
  type Answered,
  type Api,
  api,
  type BodyOf,
  type Commit,
  type Operation,
  type OperationName,
  type Outgoing,
  type ParamsOf,
  type QueryOf,
  type ResultOf,
  type Service,
} from '@bellwether/contracts';

/** What a route knows of its request. `params`, `query` and `body` were checked and typed by the operation's schemas. */
export interface RouteRequest<O> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  /** the body, of an operation with `rawBody` */
  readonly bytes?: Buffer | undefined;
  readonly tenantId: string;
  readonly requestId: string;
  /** W3C trace context: the caller's trace, or a new one */
  readonly traceparent: string;
  /** aborted when the client goes away, and for event streams when the server stops */
  readonly signal: AbortSignal;
  /** scheme and host under which the client reached this server, without a slash at the end */
  readonly publicUrl: string;
  /** A request header by its name in any case. */
  readonly header: (name: string) => string | undefined;
}

interface ReplyHead {
  /** default: the operation's success status */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
}

/** What is sent piece by piece; `content-type` is the route's to say. A stream is logged at its start. */
export type Chunks = AsyncIterable<string | Uint8Array>;

/** An answer: a body of the operation's success schema, or a stream, or neither where the schema is absent. */
export type Reply<O> = ReplyHead &
  (
    | { readonly stream: Chunks; readonly body?: undefined }
    | (ResultOf<O> extends undefined
        ? { readonly body?: undefined; readonly stream?: undefined }
        : { readonly body: ResultOf<O>; readonly stream?: undefined })
  );

/** Work that was checked and can be accepted: one transaction of rows, first messages and the idempotency key. */
export interface Accepted<S extends Service, O, Tx> {
  /** Decides on locked rows and never awaits anything but `tx`. */
  readonly commit: (tx: Tx) => Promise<{
    readonly body: ResultOf<O>;
    readonly messages: Awaited<ReturnType<Commit<S, Tx>>>;
    /** default: the operation's success status */
    readonly status?: number;
  }>;
}

type Answer<O extends Operation, Tx> = Reply<O> | Accepted<O['service'], O, Tx>;

/** The route of one operation: `const getJob: Route<'getJob', Deps> = async ({ params }, deps) => …` */
export type Route<K extends OperationName, Deps, Tx = never> = (
  request: RouteRequest<Api[K]>,
  deps: Deps,
) => Answer<Api[K], Tx> | Promise<Answer<Api[K], Tx>>;

/** All routes of one service, by operation: leaving one out, or adding one, is a type error. */
export type RoutesOf<S extends Service, Deps, Tx = never> = {
  readonly [K in keyof Answered<S>]: Route<K & OperationName, Deps, Tx>;
};

/** What a commit decided on, when it no longer matters by which service. */
export interface Committed {
  /** default: the operation's success status */
  readonly status?: number;
  readonly body: unknown;
  readonly messages: readonly Outgoing[];
}

/** A reply or an accepted work of some operation, when which one no longer matters. */
export interface LooseAnswer<Tx> extends ReplyHead {
  readonly body?: unknown;
  readonly stream?: Chunks | undefined;
  readonly commit?: (tx: Tx) => Promise<Committed>;
}

/** One operation with the code that answers it. */
export interface BoundRoute<Tx> {
  readonly name: OperationName;
  readonly operation: Operation;
  readonly call: (request: RouteRequest<Operation>) => LooseAnswer<Tx> | Promise<LooseAnswer<Tx>>;
}

/**
 * Binds the routes of one service to their dependencies, for `createApp`.
 *
 * @returns one entry for each operation of the service, in the order of the contract
 */
export function bindRoutes<S extends Service, Deps, Tx = never>(
  service: S,
  routes: RoutesOf<S, Deps, Tx>,
  deps: Deps,
): readonly BoundRoute<Tx>[] {
  // The types of one operation end here: `RoutesOf` has already matched each route with its schemas.
  const calls = routes as unknown as Record<
    string,
    (request: RouteRequest<Operation>, deps: Deps) => LooseAnswer<Tx> | Promise<LooseAnswer<Tx>>
  >;
  const bound: BoundRoute<Tx>[] = [];
  for (const [name, operation] of Object.entries(api) as [OperationName, Operation][]) {
    const call = calls[name];
    if (operation.service !== service || call === undefined) continue;
    bound.push({ name, operation, call: (request) => call(request, deps) });
  }
  return bound;
}
