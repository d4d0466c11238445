import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Authentication } from '../../auth/index.ts';
import type { RequestLog } from '../../request-log/index.ts';
import { requestIds } from '../request/request-id.ts';
import type { Accept } from '../routes/accept.ts';
import type { BoundRoute } from '../routes/route.ts';
import { answerRequests } from './answer-requests.ts';
import { addDocumentation } from './documentation.ts';
import type { Edge, Limits } from './edge.ts';
import { addHealth, type Readiness } from './health.ts';
import { nowAndThen } from './now-and-then.ts';
import { addUnanswered, expressPath } from './unanswered.ts';

/** Answers requests below a path that is not in the contract: true when it did. */
export interface Mount {
  /** `/objects/` */
  readonly prefix: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

export interface AppOptions<Tx> {
  /** of one service or of several: `[bindRoutes('ingest', ingestRoutes, deps), …]` */
  readonly services: readonly (readonly BoundRoute<Tx>[])[];
  readonly accept: Accept<Tx>;
  readonly authentication: Authentication;
  readonly requestLog: RequestLog;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly limits?: Partial<Limits>;
  readonly readiness?: Readiness;
  readonly mounts?: readonly Mount[];
  /** fixed scheme and host for links, where clients reach us under another name than `Host` says */
  readonly publicUrl?: string;
  /** checks each reply against its contract, for tests: a mistake is a 500 */
  readonly checkReplies?: boolean;
  /** of the product, for the OpenAPI document */
  readonly version?: string;
}

/** What `listen` serves. */
export interface App {
  readonly express: Express;
  /** From now on answers close their connections, `/readyz` refuses, and event streams end. */
  drain(): void;
}

function addMounts<Tx>(app: Express, edge: Edge<Tx>, mounts: readonly Mount[]): void {
  for (const { prefix, handle } of mounts) {
    app.use(async (request, response, next) => {
      if (!request.url.startsWith(prefix)) return next();
      response.setHeader('x-request-id', edge.nextId());
      edge.authentication.admit(request);
      if (!(await handle(request, response))) next();
    });
  }
}

/** Composes the routes of one or several services into one app. */
export function createApp<Tx = never>(options: AppOptions<Tx>): App {
  const draining = new AbortController();
  const edge: Edge<Tx> = {
    accept: options.accept,
    authentication: options.authentication,
    requestLog: options.requestLog,
    logger: options.logger,
    limits: { bodyBytes: 6 * 1024 ** 2, loggedCharacters: 16 * 1024, ...options.limits },
    publicUrl: options.publicUrl,
    checkReplies: options.checkReplies ?? false,
    reportLogFailure: nowAndThen(10_000, (error, count) =>
      options.logger.error({ err: error, count }, 'the request log cannot be written: requests are refused'),
    ),
    nextId: requestIds(),
    draining: draining.signal,
    eventStreams: new Set(),
  };
  const routes = options.services.flat();
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').set('query parser', false);
  for (const route of routes) {
    app[route.operation.method](expressPath(route.operation.path), answerRequests(edge, route));
  }
  addHealth(app, edge, options.readiness ?? {});
  addDocumentation(app, edge, {
    operations: routes.map(({ name }) => name),
    keys: options.authentication.needsKey,
    ...(options.version === undefined ? {} : { version: options.version }),
  });
  addMounts(app, edge, options.mounts ?? []);
  addUnanswered(app, edge, routes);
  return {
    express: app,
    drain() {
      draining.abort();
      for (const exchange of edge.eventStreams) exchange.stop();
    },
  };
}
