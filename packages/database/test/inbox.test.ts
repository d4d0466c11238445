import { claimMessage, claimMessages, forgetHandled, handledAmong, insertJob, isHandled } from '@bellwether/database';
import { jobRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

onEachDialect((on) => {
  const { act } = on;
  const claim = (id: string, now = 1, queue = 'training') => act((tx) => claimMessage(tx, id, queue, now));

  test('a message is claimed once on each queue', async () => {
    expect(await claim('m1')).toBe(true);
    expect(await claim('m1')).toBe(false);
    expect(await claim('m1', 1, 'metrics')).toBe(true);
    expect(await claim('M1')).toBe(true);

    expect(await isHandled(on.read, 'm1', 'training')).toBe(true);
    expect(await isHandled(on.read, 'm1', 'ingest')).toBe(false);
    expect(await isHandled(on.read, 'm2', 'training')).toBe(false);
  });

  test('of transactions that claim one message at the same time, one wins and the others write nothing', async () => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        act(async (tx) => {
          if (!(await claimMessage(tx, 'm1', 'training', at))) return false;
          await insertJob(tx, jobRow({ id: `job_${at}` }));
          return true;
        }),
      ),
    );

    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await on.read.selectFrom('jobs').select('id').execute()).toHaveLength(1);
  });

  test('a claim that was rolled back can be made again', async () => {
    const failing = act(async (tx) => {
      await claimMessage(tx, 'm1', 'training', 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');

    expect(await isHandled(on.read, 'm1', 'training')).toBe(false);
    expect(await claim('m1')).toBe(true);
  });

  test('messages are claimed together, all or none', async () => {
    await claim('m2');
    const keys = (...ids: string[]) => ids.map((id) => ({ id, queue: 'training' }));

    expect(await act((tx) => claimMessages(tx, [], 1))).toBe(true);
    expect(await act((tx) => claimMessages(tx, [...keys('m1'), { id: 'm1', queue: 'metrics' }], 1))).toBe(true);
    expect(await act((tx) => claimMessages(tx, keys('m3', 'm2'), 1))).toBe(false);
    expect(await act((tx) => claimMessages(tx, keys('m4', 'm4'), 1))).toBe(false);
  });

  test('of many messages it is told which were handled on a queue', async () => {
    await claim('m1');
    await claim('m2', 1, 'metrics');

    expect([...(await handledAmong(on.read, ['m1', 'm2', 'm3'], 'training'))]).toEqual(['m1']);
    expect([...(await handledAmong(on.read, [], 'training'))]).toEqual([]);
  });

  test('what was handled before a time is forgotten, a bounded number a turn', async () => {
    for (const [at, id] of ['a', 'b', 'c'].entries()) await claim(id, at);
    const left = async () => (await on.read.selectFrom('inbox').select('message_id').execute()).length;

    await act((tx) => forgetHandled(tx, 2, 1));
    expect(await left()).toBe(2);
    await act((tx) => forgetHandled(tx, 2, 10));
    expect(await left()).toBe(1);
    expect(await isHandled(on.read, 'c', 'training')).toBe(true);
  });
});
