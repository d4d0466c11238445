import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import type { RequestLogEntry } from './request-log.ts';
import { openSqliteRequestLog, type SqliteRequestLogOptions } from './sqlite-request-log.ts';

const entry = (number: number, changes: Partial<RequestLogEntry> = {}): RequestLogEntry => ({
  id: `r_${number}`,
  tenantId: 'ana',
  service: 'ingest',
  at: number,
  method: 'GET',
  path: '/v1/datasets',
  status: 200,
  duration: 0.1,
  ...changes,
});

function openIn(folder: string, options: Partial<SqliteRequestLogOptions> = {}) {
  const path = join(folder, 'requests.sqlite');
  return { path, log: openSqliteRequestLog({ path, now: () => 0, ...options }) };
}

async function appendMany(log: ReturnType<typeof openSqliteRequestLog>, from: number, to: number, changes = {}) {
  for (let number = from; number < to; number += 250) {
    const group = Array.from({ length: Math.min(250, to - number) }, (_, offset) => entry(number + offset, changes));
    await Promise.all(group.map((each) => log.append(each)));
  }
}

test('a whole group is refused when it cannot be written, and the next one is written again', async () => {
  using folder = temporaryFolder();
  const { log, path } = openIn(folder.path);
  const other = new DatabaseSync(path);
  other.exec("create trigger full before insert on request_log begin select raise(rollback, 'disk is full'); end");
  const group = await Promise.allSettled([log.append(entry(1)), log.append(entry(2))]);
  expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  other.exec('drop trigger full');
  await log.append(entry(3));
  expect(await log.count({ tenantId: 'ana' })).toBe(1);
  other.close();
  await log.close();
});

test('all entries of one turn are one transaction', async () => {
  using folder = temporaryFolder();
  const { log, path } = openIn(folder.path);
  const other = new DatabaseSync(path);
  const version = () => other.prepare('pragma data_version').get()?.data_version as number;
  const before = version();
  await Promise.all([1, 2, 3, 4, 5].map((number) => log.append(entry(number))));
  expect(version()).not.toBe(before);
  const between = version();
  await log.append(entry(6));
  expect(version()).toBe(between + 1);
  other.close();
  await log.close();
});

test('the oldest rows go when there are more than allowed', async () => {
  using folder = temporaryFolder();
  const { log } = openIn(folder.path, { maxRows: 1000 });
  await appendMany(log, 0, 3000);
  const kept = await log.count({ tenantId: 'ana' });
  expect(kept).toBeGreaterThanOrEqual(750);
  expect(kept).toBeLessThanOrEqual(1250);
  expect((await log.list({ tenantId: 'ana', limit: 1 })).requests[0]?.id).toBe('r_2999');
  await log.close();
});

test('rows older than allowed go in steps, and younger ones stay', async () => {
  using folder = temporaryFolder();
  const clock = { now: 0 };
  const { log } = openIn(folder.path, { maxAge: 1_000, now: () => clock.now });
  await appendMany(log, 0, 1000);
  clock.now = 100_000;
  await appendMany(log, 100_000, 101_000);
  expect(await log.count({ tenantId: 'ana' })).toBe(1000);
  await log.close();
});

test('the oldest rows go when the file is larger than allowed', async () => {
  using folder = temporaryFolder();
  const { log } = openIn(folder.path, { maxBytes: 1024 * 1024 });
  await appendMany(log, 0, 4000, { request: 'x'.repeat(2000) });
  expect(await log.count({ tenantId: 'ana' })).toBeLessThan(1000);
  await log.close();
});

test('a list looks through many windows of rows for a rare status', async () => {
  using folder = temporaryFolder();
  const { log } = openIn(folder.path);
  await log.append(entry(0, { status: 500 }));
  await appendMany(log, 1, 45_000);
  await log.append(entry(45_000, { status: 500 }));
  const { requests, nextCursor } = await log.list({ tenantId: 'ana', status: 500, limit: 5 });
  expect(requests.map(({ id }) => id)).toEqual(['r_45000', 'r_0']);
  expect(nextCursor).toBeUndefined();
  expect(await log.count({ tenantId: 'ana' })).toBe(45_001);
  await log.close();
});

test('strangers who are refused do not push the record of others out', async () => {
  using folder = temporaryFolder();
  const { log } = openIn(folder.path, { maxRows: 2000, maxStrangers: 500 });
  await appendMany(log, 0, 1000);
  await appendMany(log, 1000, 6000, { tenantId: '', status: 401 });
  expect(await log.count({ tenantId: 'ana' })).toBe(1000);
  expect(await log.count({ tenantId: '' })).toBeLessThanOrEqual(1000);
  await log.close();
});

test('limits hold over a restart', async () => {
  using folder = temporaryFolder();
  const first = openIn(folder.path);
  await appendMany(first.log, 0, 3000);
  await first.log.close();
  const { log } = openIn(folder.path, { maxRows: 1000 });
  await appendMany(log, 3000, 5500);
  expect(await log.count({ tenantId: 'ana' })).toBeLessThanOrEqual(1500);
  await log.close();
});
