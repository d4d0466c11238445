import { flow, type Hop, queueName, queueSpecs, type Service } from '@bellwether/contracts';

const hops: readonly Hop[] = Object.values(flow);

/** Full names of a queue and of its dead letters, as the SQS adapter of the services looks for them. */
export function fullNames(prefix: string, name: string): { readonly live: string; readonly dead: string } {
  return { live: `${prefix}${name}`, dead: `${prefix}${name}-dead` };
}

function destinations(from: Hop['from']): readonly string[] {
  const names = hops.filter((hop) => hop.from === from).flatMap((hop) => hop.to.map((to) => queueName(hop, to)));
  return [...new Set(names)];
}

/** The queues to which the bucket says that an upload arrived. */
export function queuesOfUploads(): readonly string[] {
  return destinations('object-store');
}

/** The queues to which the clock ticks. */
export function queuesOfTicks(): readonly string[] {
  return destinations('clock');
}

/** What a service may do with which queues, by short name. */
export interface QueueRights {
  /** with their dead letters, into which it also buries messages that it cannot read */
  readonly consume: readonly string[];
  /** those of the messages that it decides on, and its own: its reconciler sends again what a queue lost */
  readonly send: readonly string[];
}

/** The rights of a service, from the flow and nothing else. */
export function queueRights(service: Service): QueueRights {
  const consume = queueSpecs()
    .filter((spec) => spec.service === service)
    .map(({ name }) => name);
  return { consume, send: [...new Set([...destinations(service), ...consume])] };
}
