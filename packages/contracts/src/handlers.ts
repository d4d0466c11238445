import type { z } from 'zod';
import type { Flow, Hop } from './flow.ts';
import type { Received } from './message.ts';
import type { Service } from './service.ts';

/** The rows of the flow whose source is service `S`. */
export type Sent<S extends Service> = { [K in keyof Flow]: Flow[K]['from'] extends S ? Flow[K] : never }[keyof Flow];

/** The rows of the flow that service `S` must handle, by name. */
export type Consumed<S extends Service> = { [K in keyof Flow as S extends Flow[K]['to'][number] ? K : never]: Flow[K] };

/** A message that a handler or a route decided on. The platform adds the envelope's id, time and trace. */
export interface Outgoing<H extends Hop = Hop> {
  readonly hop: H;
  readonly body: z.infer<H['message']['body']>;
  readonly jobId?: string;
  /** Only at a fan-in, where two last messages must give one result; otherwise the id derives from the incoming one. */
  readonly id?: string;
  /** for work that waits: how long the queue keeps the message back, 900 at most */
  readonly delaySeconds?: number;
}

type Emittable<S extends Service> = Sent<S> extends infer H ? (H extends Hop ? Outgoing<H> : never) : never;

/**
 * Makes an outgoing message: `emit(flow.datasetReady, { datasetId, name, rows, columns })`.
 *
 * @param options.jobId the job that the message belongs to, for its timeline
 * @param options.id a fixed id instead of a derived one: `<jobId>:finished`
 * @param options.delaySeconds how long its queue keeps it back; after a crash it may come earlier
 */
export function emit<const H extends Hop>(
  hop: H,
  body: z.infer<H['message']['body']>,
  options: Pick<Outgoing, 'jobId' | 'id' | 'delaySeconds'> = {},
): Outgoing<H> {
  return { hop, body, ...options };
}

/** What happens at once: rows change and messages are decided on. Never awaits anything but `tx`. */
export type Commit<S extends Service, Tx> = (tx: Tx) => Promise<readonly Emittable<S>[]>;

/** What a handler may know of its delivery. */
export interface Delivery {
  /** aborted when the lease on the message is lost or the process must stop: the work must end soon */
  readonly signal: AbortSignal;
  /** 1 for the first delivery */
  readonly attempt: number;
}

/** Does the slow work for one message and returns what to commit. */
export type HandlerOf<S extends Service, H extends Hop, Deps, Tx> = S extends H['to'][number]
  ? (message: Received<z.infer<H['message']['body']>>, deps: Deps, delivery: Delivery) => Promise<Commit<S, Tx>>
  : never;

/** All handlers of one service: leaving one out, or adding one, is a type error. */
export type HandlersOf<S extends Service, Deps, Tx> = {
  readonly [K in keyof Consumed<S>]: Flow[K & keyof Flow] extends infer H extends Hop
    ? HandlerOf<S, H, Deps, Tx>
    : never;
};
