import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { perTurn } from './per-turn.ts';

test('calls of one turn are answered by one run, later ones by another', async () => {
  const runs: number[][] = [];
  const double = perTurn<number, number>(async (calls) => {
    runs.push(calls.map(({ item }) => item));
    for (const { item, resolve } of calls) resolve(2 * item);
  }, 10);

  const first = [double(1), double(2)];
  await setImmediate();
  const second = [double(3)];

  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6]);
  expect(runs).toEqual([[1, 2], [3]]);
});

test('no run gets more calls than it takes', async () => {
  const runs: number[] = [];
  const count = perTurn<number, void>(async (calls) => {
    runs.push(calls.length);
    for (const { resolve } of calls) resolve();
  }, 2);

  await Promise.all([1, 2, 3, 4, 5].map(count));

  expect(runs).toEqual([2, 2, 1]);
});

test('what a run throws is the answer to all calls that have none yet', async () => {
  const broken = perTurn<number, number>(async ([first]) => {
    first?.resolve(1);
    throw new Error('broken');
  }, 10);

  expect(await Promise.allSettled([broken(1), broken(2)])).toMatchObject([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: { message: 'broken' } },
  ]);
});
