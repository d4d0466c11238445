/** A message as the queue holds it. While an id is queued, SQLite ignores a second one; SQS holds both. */
export interface QueueEntry {
  /** 1 to 256 characters */
  readonly id: string;
  /** XML characters as SQS wants them (JSON text always fits), at most `maxBodyBytes` in UTF-8 */
  readonly body: string;
  /** seconds before it can be received, 0 to 900 as in SQS */
  readonly delaySeconds?: number;
}

/** One delivery of a message. Only its latest receipt extends or deletes it. */
export interface Delivered {
  readonly id: string;
  readonly body: string;
  readonly receipt: string;
  /** how often it was received, this time included */
  readonly receives: number;
  /** milliseconds since the epoch */
  readonly sentAt: number;
}

export interface ReceiveOptions {
  /** 1 to 10, as in SQS */
  readonly max: number;
  /** seconds to wait for a first message, 0 to 20 */
  readonly waitSeconds: number;
  /** seconds for which the messages are hidden from other consumers: the lease */
  readonly visibilitySeconds: number;
  /** ends the wait; messages that were already taken are returned, never dropped */
  readonly signal?: AbortSignal;
}

export interface SendFailure {
  readonly id: string;
  readonly reason: string;
}

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly dead: number;
}

/**
 * Queues with at-least-once delivery, a lease per delivery and one dead-letter queue each. Implementations: SQLite in
 * this process, and SQS. A message that was received `maxReceives` times and not deleted goes to the dead-letter queue.
 */
export interface Queue {
  /**
   * Sends any number of messages. Those that could not be sent, for whatever reason, are returned: the caller keeps
   * them. Nothing but a closed queue makes it throw.
   */
  send(queue: string, entries: readonly QueueEntry[]): Promise<readonly SendFailure[]>;
  receive(queue: string, options: ReceiveOptions): Promise<readonly Delivered[]>;
  /** Renews or shortens the lease (0: receivable at once). Returns false when the lease is no longer ours. */
  extend(queue: string, receipt: string, visibilitySeconds: number): Promise<boolean>;
  /** Deletes a delivery. A stale receipt deletes nothing, without an error, as in SQS. */
  delete(queue: string, receipts: readonly string[]): Promise<void>;
  /** Moves one delivery to the dead-letter queue at once, for a message that no retry can cure. */
  bury(queue: string, delivered: Delivered): Promise<void>;
  /** Receives from the dead-letter queue of `queue`. */
  receiveDead(queue: string, options: ReceiveOptions): Promise<readonly Delivered[]>;
  deleteDead(queue: string, receipts: readonly string[]): Promise<void>;
  /** Moves everything in the dead-letter queue back, with receive counts at zero. Returns how many, as far as known. */
  redrive(queue: string): Promise<number>;
  counts(queue: string): Promise<QueueCounts>;
  /** Throws when the queue cannot be used now; says what is missing. */
  check(queue: string): Promise<void>;
  close(): Promise<void>;
}

/** Why the queue refused, with a stable code. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: 'queue-closed' | 'queue-not-found' | 'queue-unavailable' | 'invalid-receive' | 'invalid-lease';
  constructor(code: QueueError['code'], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
