export { type App, type AppOptions, createApp, type Mount } from './app/create-app.ts';
export type { Limits } from './app/edge.ts';
export type { Readiness } from './app/health.ts';
export { type Listening, listen } from './app/listen.ts';
export { type OpenApiOptions, openApiDocument } from './app/open-api.ts';
export { nearestName } from './request/nearest-name.ts';
export {
  type EventStreamOptions,
  encodeEvent,
  type ServerSentEvent,
  serverSentEvents,
} from './response/server-sent-events.ts';
export type { Accept, AcceptContext, AcceptedAnswer } from './routes/accept.ts';
export {
  type Accepted,
  type BoundRoute,
  bindRoutes,
  type Chunks,
  type Committed,
  type Reply,
  type Route,
  type RouteRequest,
  type RoutesOf,
} from './routes/route.ts';
