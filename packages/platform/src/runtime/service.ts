import type { HandlerOf, HandlersOf, Hop, OperationName, QueueSpec, Service } from '@bellwether/contracts';
import type { Tx } from '@bellwether/database';
import type { Config } from '../config/variables.ts';
import type { Route as HttpRoute, RoutesOf } from '../http/index.ts';
import type { Platform } from './platform.ts';

/** One message's handler: does the slow work and returns what to commit. */
export type Handler<S extends Service, H extends Hop, Deps> = HandlerOf<S, H, Deps, Tx>;
/** One operation's route: a reply, or work to accept. */
export type Route<K extends OperationName, Deps> = HttpRoute<K, Deps, Tx>;

/** What a service has open while it runs. */
export interface OpenService<Deps> {
  readonly deps: Deps;
  readonly tasks?: readonly PeriodicTask[];
  close?(): Promise<void>;
}

/** Work by the clock, such as sweeping; a run that takes long delays the next one, never two at once. */
export interface PeriodicTask {
  readonly name: string;
  readonly everySeconds: number;
  readonly atStart?: boolean;
  /** @param now milliseconds since the epoch */
  run(now: number): Promise<unknown>;
}

/** A service as its `service.ts` declares it: a table of contents. */
export interface ServiceDefinition<S extends Service, Deps> {
  readonly service: S;
  /** leaving one out, or adding one, is a type error */
  readonly handlers: HandlersOf<S, Deps, Tx>;
  /** leaving one out, or adding one, is a type error */
  readonly routes: RoutesOf<S, Deps, Tx>;
  open(platform: Platform): Promise<OpenService<Deps>>;
  /** messages handled at once on a queue; default: CONCURRENCY */
  concurrency?(spec: QueueSpec, config: Config): number;
}

/** A service of any name, once its own types were checked by `defineService`. */
export interface AnyService {
  readonly service: Service;
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly routes: Readonly<Record<string, unknown>>;
  open(platform: Platform): Promise<OpenService<unknown>>;
  concurrency?(spec: QueueSpec, config: Config): number;
}

/** Checks a service's handlers and routes against the flow and the HTTP contract. */
export function defineService<S extends Service, Deps>(definition: ServiceDefinition<S, Deps>): AnyService {
  return definition as unknown as AnyService;
}
