export type { Accept, AcceptContext, AcceptedAnswer } from './accept.ts';
export { type App, type AppOptions, createApp, type Mount } from './create-app.ts';
export type { Limits } from './edge.ts';
export type { Readiness } from './health.ts';
export { type Listening, listen } from './listen.ts';
export { nearestName } from './nearest-name.ts';
export { type OpenApiOptions, openApiDocument } from './open-api.ts';
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
} from './route.ts';
export { type EventStreamOptions, encodeEvent, type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';
