import { type Flow, flow, type Hop } from './flow.ts';
import { type Service, services } from './service.ts';

/** One queue: the service that consumes it and the rows of the flow that arrive there. */
export interface QueueSpec {
  /** `ingest`, `training`, `training-trials`, … */
  readonly name: string;
  readonly service: Service;
  readonly rows: readonly (keyof Flow)[];
}

/**
 * The queue on which service `to` receives messages of a row: the row's own with its source, or with whoever clients
 * write to; else the main one.
 */
export function queueName(hop: Hop, to: Service): string {
  const own = hop.from === to || hop.from === 'client';
  return hop.queue === undefined || !own ? to : `${to}-${hop.queue}`;
}

/** Every queue of every runtime, from the flow: each service has a main one, and one per `queue` of its rows. */
export function queueSpecs(): readonly QueueSpec[] {
  const specs = new Map<string, { name: string; service: Service; rows: (keyof Flow)[] }>();
  for (const service of services) specs.set(service, { name: service, service, rows: [] });
  for (const [key, hop] of Object.entries(flow) as [keyof Flow, Hop][]) {
    for (const service of hop.to) {
      const name = queueName(hop, service);
      const spec = specs.get(name) ?? { name, service, rows: [] };
      spec.rows.push(key);
      specs.set(name, spec);
    }
  }
  return [...specs.values()];
}

/**
 * Deliveries after which a queue itself gives a message up. Attempts that failed are counted by the consumer, which
 * buries the message after MAX_ATTEMPTS of them; a delivery to a process that is killed is counted by the queue alone.
 * So restarts in a row lose nothing, and a message that ends its process each time still dies.
 */
export const maxDeliveries = 20;
