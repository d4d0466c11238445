import { Problem } from '@bellwether/contracts';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { problemOf } from '../response/problem-answer.ts';
import { sendUnlogged } from '../response/send.ts';
import { Exchange } from '../routes/exchange.ts';
import type { BoundRoute } from '../routes/route.ts';
import { refuse } from './answer-requests.ts';
import type { Edge } from './edge.ts';

/** `/v1/datasets/{id}` in Express's form: `/v1/datasets/:id`. */
export function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** The methods of each path; paths that differ in the names of their parameters only are one. */
function methodsByPath<Tx>(routes: readonly BoundRoute<Tx>[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { operation } of routes) {
    let parameters = 0;
    const path = operation.path.replace(/\{\w+\}/g, () => `:p${parameters++}`);
    const own = operation.method === 'get' ? ['GET', 'HEAD'] : [operation.method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...own]);
  }
  return methods;
}

function otherMethods<Tx>(edge: Edge<Tx>, methods: readonly string[]): RequestHandler {
  const allow = ['allow', [...methods, 'OPTIONS'].join(', ')];
  return async (request, response) => {
    const exchange = new Exchange(request, response, edge.nextId(), edge);
    edge.authentication.admit(request);
    if (request.method === 'OPTIONS') {
      sendUnlogged(edge, exchange, { status: 204, headers: allow });
      return;
    }
    const problem = new Problem(405, 'method-not-allowed', `${request.path} has no ${request.method}`, {
      cure: `Use ${methods.join(' or ')}`,
    });
    await refuse(edge, exchange, problem, allow, true);
  };
}

function nothingHere<Tx>(edge: Edge<Tx>): RequestHandler {
  return async (request, response) => {
    edge.authentication.admit(request);
    const problem = new Problem(404, 'route-not-found', `There is no route ${request.path.slice(0, 200)}`, {
      cure: 'See /docs for all routes',
    });
    await refuse(edge, new Exchange(request, response, edge.nextId(), edge), problem);
  };
}

/** Express hands over what its router could not decode, and what a mounted handler or `admit` threw. */
function failures<Tx>(edge: Edge<Tx>): ErrorRequestHandler {
  return async (error, request, response, _next) => {
    const exchange = new Exchange(request, response, edge.nextId(), edge);
    const isUndecodable = error instanceof URIError;
    const problem = isUndecodable
      ? new Problem(400, 'malformed-path', 'The path is not a valid URL path', { cure: 'Write % as %25' })
      : problemOf(error, exchange.requestId, edge.logger);
    if (response.headersSent) response.destroy();
    else await refuse(edge, exchange, problem);
  };
}

/** Adds what answers where no operation does: 405 with `Allow`, 404 with the path, and problems of the router. */
export function addUnanswered<Tx>(app: Express, edge: Edge<Tx>, routes: readonly BoundRoute<Tx>[]): void {
  for (const [path, methods] of methodsByPath(routes)) app.all(path, otherMethods(edge, methods));
  app.use(nothingHere(edge));
  app.use(failures(edge));
}
