import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { maxDeliveries } from '@bellwether/contracts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Queue, ReceiveOptions } from '../queue.ts';
import { openSqliteQueue } from './sqlite-queue.ts';

const atOnce: ReceiveOptions = { max: 10, waitSeconds: 0, visibilitySeconds: 30 };
const waiting: ReceiveOptions = { ...atOnce, waitSeconds: 20 };

let folder: string;
let file: string;
let clock: number;
let open: Queue[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-queue-'));
  file = join(folder, 'queue.sqlite');
  clock = 1_800_000_000_000;
  open = [];
});

afterEach(async () => {
  for (const queue of open) await queue.close();
  rmSync(folder, { recursive: true });
});

function openQueue(options: { maxReceives?: number; retentionDays?: number } = {}): Queue {
  const queue = openSqliteQueue({ file, now: () => clock, ...options });
  open.push(queue);
  return queue;
}

const idsOf = async (received: Promise<readonly { readonly id: string }[]>) => (await received).map(({ id }) => id);

test('keeps what was sent before the process was killed', async () => {
  const module = new URL('./sqlite-queue.ts', import.meta.url).href;
  const script = `
    const { openSqliteQueue } = await import(${JSON.stringify(module)});
    const queue = openSqliteQueue({ file: ${JSON.stringify(file)} });
    await queue.send('a', Array.from({ length: 25 }, (_, n) => ({ id: 'm' + n, body: 'x' })));
    const [first] = await queue.receive('a', { max: 1, waitSeconds: 0, visibilitySeconds: 0 });
    await queue.delete('a', [first.receipt]);
    process.stdout.write('sent');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const queue = openSqliteQueue({ file });
  open.push(queue);
  expect(await queue.counts('a')).toEqual({ visible: 24, inFlight: 0, delayed: 0, dead: 0 });
});

test('has committed a message when its send resolves', async () => {
  const queue = openQueue();
  await Promise.all([queue.send('a', [{ id: 'm1', body: 'x' }]), queue.send('a', [{ id: 'm2', body: 'x' }])]);
  const other = new DatabaseSync(file, { readOnly: true });
  expect(other.prepare('select count(*) as n from messages').get()).toEqual({ n: 2 });
  other.close();
});

test('delivers a message again when its lease ends, and not before', async () => {
  const queue = openQueue();
  await queue.send('a', [{ id: 'm', body: 'x' }]);
  await queue.receive('a', atOnce);
  clock += 29_999;
  expect(await queue.receive('a', atOnce)).toEqual([]);
  clock += 1;
  expect(await queue.receive('a', atOnce)).toMatchObject([{ id: 'm', receives: 2, sentAt: 1_800_000_000_000 }]);
});

test('ends the leases of the process before: what a crash interrupted is receivable at once', async () => {
  const first = openQueue();
  await first.send('a', [
    { id: 'leased', body: 'x' },
    { id: 'delayed', body: 'x', delaySeconds: 60 },
  ]);
  await first.receive('a', atOnce);
  await first.close();

  const second = openQueue();
  const again = await second.receive('a', atOnce);

  expect(again.map(({ id, receives }) => [id, receives])).toEqual([['leased', 1]]);
});

test('a message that ends the process each time is dead in the end', async () => {
  let starts = 0;
  for (; starts < 200; starts++) {
    const queue = openQueue();
    await queue.send('a', [{ id: 'poison', body: 'x' }]);
    const [delivered] = await queue.receive('a', atOnce);
    await queue.close();
    if (delivered === undefined) break;
  }

  expect(starts).toBe(100 + maxDeliveries);
  expect((await openQueue().counts('a')).dead).toBe(1);
});

test('does not renew a lease that has ended, even if nobody took the message', async () => {
  const queue = openQueue();
  await queue.send('a', [{ id: 'm', body: 'x' }]);
  const [delivered] = await queue.receive('a', atOnce);
  clock += 30_000;
  expect(await queue.extend('a', delivered?.receipt ?? '', 30)).toBe(false);
});

test('delivers what became visible first, so that a retried message does not overtake a backlog', async () => {
  const queue = openQueue();
  await queue.send('a', [{ id: 'retried', body: 'x' }]);
  await queue.receive('a', { ...atOnce, visibilitySeconds: 2 });
  clock += 1_000;
  await queue.send('a', [{ id: 'backlog', body: 'x' }]);
  clock += 5_000;
  expect(await idsOf(queue.receive('a', { ...atOnce, max: 1 }))).toEqual(['backlog']);
  expect(await idsOf(queue.receive('a', { ...atOnce, max: 1 }))).toEqual(['retried']);
});

test('does not take a receipt from before a redrive for one of the moved message', async () => {
  const queue = openQueue();
  await queue.send('a', [{ id: 'm', body: 'x' }]);
  const [stale] = await queue.receive('a', atOnce);
  if (stale === undefined) throw new Error('nothing received');
  await queue.bury('a', stale);
  await queue.redrive('a');
  await queue.receive('a', atOnce);
  await queue.delete('a', [stale.receipt]);
  expect(await queue.extend('a', stale.receipt, 30)).toBe(false);
  expect((await queue.counts('a')).inFlight).toBe(1);
});

test('keeps one message when a dead one is moved back whose id is queued again', async () => {
  const queue = openQueue();
  await queue.send('a', [{ id: 'm', body: 'dead' }]);
  const [delivered] = await queue.receive('a', atOnce);
  if (delivered === undefined) throw new Error('nothing received');
  await queue.bury('a', delivered);
  await queue.send('a', [{ id: 'm', body: 'again' }]);
  await queue.redrive('a');
  expect(await queue.receive('a', atOnce)).toMatchObject([{ body: 'again' }]);
  expect((await queue.counts('a')).dead).toBe(0);
});

test('passes over a whole batch of exhausted messages to the live ones behind it', async () => {
  const queue = openQueue({ maxReceives: 1 });
  await queue.send(
    'a',
    Array.from({ length: 15 }, (_, n) => ({ id: `poison${n}`, body: 'x' })),
  );
  await queue.receive('a', atOnce);
  await queue.receive('a', atOnce);
  clock += 30_000;
  await queue.send('a', [{ id: 'live', body: 'x' }]);
  expect(await idsOf(queue.receive('a', atOnce))).toEqual(['live']);
  expect((await queue.counts('a')).dead).toBe(15);
});

test('wakes a receiver of dead letters when another receive exhausts a message', async () => {
  const queue = openQueue({ maxReceives: 1 });
  const dead = queue.receiveDead('a', waiting);
  await queue.send('a', [{ id: 'm', body: 'x' }]);
  await queue.receive('a', { ...atOnce, visibilitySeconds: 0 });
  expect(await queue.receive('a', atOnce)).toEqual([]);
  expect(await idsOf(dead)).toEqual(['m']);
});

test('serves a waiting receiver again and again after earlier ones were aborted', async () => {
  const queue = openQueue();
  const stop = new AbortController();
  const aborted = queue.receive('a', { ...waiting, signal: stop.signal });
  const next = queue.receive('a', waiting);
  await queue.counts('a');
  stop.abort();
  await queue.send('a', [{ id: 'm', body: 'x' }]);
  expect(await aborted).toEqual([]);
  expect(await idsOf(next)).toEqual(['m']);
});

test('drops messages after the retention period, leased or dead', async () => {
  const queue = openQueue({ retentionDays: 4 });
  await queue.send(
    'a',
    ['old', 'dead', 'leased'].map((id) => ({ id, body: 'x' })),
  );
  const [first] = await queue.receive('a', { ...atOnce, max: 2 });
  if (first === undefined) throw new Error('nothing received');
  await queue.bury('a', first);
  clock += 4 * 86_400_000 + 1;
  await queue.send('a', [{ id: 'new', body: 'x' }]);
  expect(await queue.counts('a')).toEqual({ visible: 1, inFlight: 0, delayed: 0, dead: 0 });
});

test('fails all that shared a transaction, and those who wait, when the file cannot be written', async () => {
  const queue = openQueue();
  const receiver = queue.receive('a', waiting);
  await queue.counts('a');
  const other = new DatabaseSync(file);
  other.exec('drop table messages');
  other.close();
  const outcomes = await Promise.allSettled([queue.send('a', [{ id: 'm', body: 'x' }]), queue.check('a'), receiver]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('commits what was asked before it is closed', async () => {
  const queue = openQueue();
  const sent = queue.send('a', [{ id: 'm', body: 'x' }]);
  await queue.close();
  expect(await sent).toEqual([]);
  expect((await openQueue().counts('a')).visible).toBe(1);
});
