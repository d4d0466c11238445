import type { Generated } from 'kysely';

/** Writer: platform, in the transaction of each handled message, as of all tables in this file. */
export interface InboxTable {
  message_id: string;
  /** the queue on which it was handled: a message goes to several services under one id */
  queue: string;
  at: number;
}

export interface OutboxTable {
  id: string;
  queue: string;
  /** pending: decided, not yet in the queue; sent; handled or dead: never sent again by itself */
  state: 'pending' | 'sent' | 'handled' | 'dead';
  envelope: string;
  created_at: number;
  sent_at: number | null;
  /** when a consumer last held the lease on it: long work is not lost work */
  seen_at: number | null;
  sends: number;
}

/** Why an attempt at a message failed: kept here, since a queue cannot carry it. */
export interface AttemptTable {
  sequence: Generated<number>;
  message_id: string;
  queue: string;
  reason: string;
  at: number;
}

export interface DeadLetterTable {
  id: string;
  message_id: string;
  queue: string;
  tenant_id: string;
  job_id: string | null;
  type: string;
  envelope: string;
  /** JSON array, oldest first */
  reasons: string;
  at: number;
  redriven_at: number | null;
}
