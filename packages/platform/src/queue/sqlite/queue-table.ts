import { DatabaseSync } from 'node:sqlite';
import type { Delivered, QueueCounts, QueueEntry } from '../queue.ts';

/**
 * `seq` never comes back (AUTOINCREMENT): a receipt is `seq.receives`, and one that outlived its message must not match
 * another. The body is the last column, so that sweeping by `sent_at` does not read the overflow pages of large bodies.
 */
const schema = `
  create table if not exists messages (
    seq integer primary key autoincrement,
    queue text not null,
    id text not null,
    visible_at integer not null,
    receives integer not null default 0,
    interrupted integer not null default 0,
    sent_at integer not null,
    body text not null,
    unique (queue, id)
  );
  create index if not exists messages_visible on messages (queue, visible_at, seq, receives);
`;

/**
 * How often the end of the process is not held against a message that was in work. A process is seldom ended by a
 * message, and several restarts in a row must not turn good ones into dead letters; one that does end it each time
 * must not do so for ever.
 */
const maxInterruptions = 100;

interface ClaimedRow {
  readonly seq: number;
  readonly id: string;
  readonly receives: number;
  readonly sent_at: number;
  readonly body: string;
}

interface CountsRow {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export type QueueTable = ReturnType<typeof openQueueTable>;

/** The name under which the dead letters of a queue are kept. */
export function deadQueue(queue: string): string {
  return `${queue}-dead`;
}

function parseReceipt(receipt: string): { readonly seq: number; readonly receives: number } | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(receipt);
  return match === null ? undefined : { seq: Number(match[1]), receives: Number(match[2]) };
}

/**
 * Opens the table of messages in an SQLite file of its own. All functions are synchronous and, but for `begin`,
 * `commit` and `rollback`, run inside a transaction of the caller; times are milliseconds since the epoch.
 */
export function openQueueTable(file: string, durability: 'normal' | 'full') {
  const database = new DatabaseSync(file, { timeout: 2_000 });
  database.exec('pragma journal_mode = wal');
  database.exec(`pragma synchronous = ${durability}`);
  // Without a limit the write-ahead log keeps the size of its largest burst for ever.
  database.exec('pragma journal_size_limit = 67108864');
  database.exec(schema);

  const insert = database.prepare(
    'insert into messages (queue, id, visible_at, sent_at, body) values (?, ?, ?, ?, ?) on conflict do nothing',
  );
  const claim = database.prepare(
    `update messages set visible_at = ?, receives = receives + 1 where seq in
       (select seq from messages where queue = ? and visible_at <= ? order by visible_at, seq limit ?)
     returning seq, id, receives, sent_at, body`,
  );
  const visible = database.prepare(
    'select count(*) as n from (select 1 from messages where queue = ? and visible_at <= ? limit ?)',
  );
  const nextVisible = database.prepare('select min(visible_at) as at from messages where queue = ?');
  const extend = database.prepare(
    'update messages set visible_at = ? where seq = ? and queue = ? and receives = ? and visible_at > ?',
  );
  const remove = database.prepare('delete from messages where seq = ? and queue = ? and receives = ?');
  const removeSeq = database.prepare('delete from messages where seq = ?');
  const copyDead = database.prepare(
    `insert or replace into messages (queue, id, visible_at, receives, sent_at, body)
     select ?, id, ?, receives, sent_at, body from messages where seq = ? and queue = ? and receives = ?`,
  );
  const copyBack = database.prepare(
    `insert into messages (queue, id, visible_at, sent_at, body)
     select ?, id, ?, sent_at, body from messages where queue = ? order by seq on conflict do nothing`,
  );
  const removeAll = database.prepare('delete from messages where queue = ?');
  const count = database.prepare(
    `select count(*) filter (where visible_at <= :now) as visible,
       count(*) filter (where visible_at > :now and receives > 0) as inFlight,
       count(*) filter (where visible_at > :now and receives = 0) as delayed
     from messages where queue = :queue`,
  );
  const release = database.prepare(
    `update messages set visible_at = :now, interrupted = interrupted + 1,
       receives = receives - (interrupted < ${maxInterruptions}) where visible_at > :now and receives > 0`,
  );
  const sweep = database.prepare('delete from messages where sent_at < ?');
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');

  function moveToDead(queue: string, seq: number, receives: number, now: number): boolean {
    if (Number(copyDead.run(deadQueue(queue), now, seq, queue, receives).changes) === 0) return false;
    removeSeq.run(seq);
    return true;
  }

  return {
    begin: () => begin.run(),
    commit: () => commit.run(),
    rollback() {
      if (database.isTransaction) database.exec('rollback');
    },

    /** Makes receivable what was leased: whoever held the leases is gone, and their receipts with them. */
    releaseLeases(now: number): void {
      release.run({ now });
    },

    send(queue: string, entry: QueueEntry, now: number): void {
      insert.run(queue, entry.id, now + Math.round((entry.delaySeconds ?? 0) * 1_000), now, entry.body);
    },

    /** How many could be received now, counted up to `limit`. */
    visible(queue: string, now: number, limit: number): number {
      return (visible.get(queue, now, limit) as { n: number }).n;
    },

    /**
     * Leases up to `max` messages until `until`, those first that became visible first. What was received `maxReceives`
     * times already goes to the dead letters instead; `died` says whether that happened.
     */
    claim(queue: string, max: number, now: number, until: number, maxReceives: number) {
      const taken: Delivered[] = [];
      let died = false;
      while (taken.length < max) {
        const rows = claim.all(until, queue, now, max - taken.length) as unknown as ClaimedRow[];
        for (const { seq, id, body, receives, sent_at } of rows.sort((a, b) => a.seq - b.seq)) {
          if (receives > maxReceives) died = moveToDead(queue, seq, receives, now) || died;
          else taken.push({ id, body, receipt: `${seq}.${receives}`, receives, sentAt: sent_at });
        }
        // With a lease of no time the same rows would be claimed for ever.
        if (rows.length === 0 || until <= now) break;
      }
      return { taken, died };
    },

    /** When the next message of the queue becomes visible; undefined when there is none. */
    nextVisibleAt(queue: string): number | undefined {
      return (nextVisible.get(queue) as { at: number | null }).at ?? undefined;
    },

    extend(queue: string, receipt: string, now: number, until: number): boolean {
      const parsed = parseReceipt(receipt);
      return parsed !== undefined && Number(extend.run(until, parsed.seq, queue, parsed.receives, now).changes) > 0;
    },

    delete(queue: string, receipt: string): void {
      const parsed = parseReceipt(receipt);
      if (parsed !== undefined) remove.run(parsed.seq, queue, parsed.receives);
    },

    bury(queue: string, receipt: string, now: number): void {
      const parsed = parseReceipt(receipt);
      if (parsed !== undefined) moveToDead(queue, parsed.seq, parsed.receives, now);
    },

    /** Moves all dead letters back; one whose id is queued again meanwhile is dropped. Returns how many it took. */
    redrive(queue: string, now: number): number {
      copyBack.run(queue, now, deadQueue(queue));
      return Number(removeAll.run(deadQueue(queue)).changes);
    },

    counts(queue: string, now: number): QueueCounts {
      const of = (name: string) => count.get({ now, queue: name }) as unknown as CountsRow;
      const dead = of(deadQueue(queue));
      return { ...of(queue), dead: dead.visible + dead.inFlight + dead.delayed };
    },

    /** Drops what was sent before `before`, as SQS does after its retention period. */
    sweep(before: number): number {
      return Number(sweep.run(before).changes);
    },

    close: () => database.close(),
  };
}
