import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openTurns } from './turns.ts';

const patient = new AbortController().signal;

test('no more run at once than may, in their order, also after one that failed', async () => {
  const inTurn = openTurns(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<number>());
  const ends = gates.map((gate, index) =>
    inTurn(() => {
      begun.push(index);
      return gate.promise;
    }, patient),
  );

  await settled();
  expect(begun).toEqual([0, 1]);
  gates[1]?.reject(new Error('no'));
  await expect(ends[1]).rejects.toThrow('no');
  await settled();
  expect(begun).toEqual([0, 1, 2]);
  gates[0]?.resolve(0);
  await ends[0];
  await settled();
  expect(begun).toEqual([0, 1, 2, 3]);
  gates[2]?.resolve(2);
  gates[3]?.resolve(3);
  expect(await Promise.all([ends[2], ends[3]])).toEqual([2, 3]);
});

test('who gives up while waiting never begins, and takes nobody’s turn', async () => {
  const inTurn = openTurns(1);
  const gate = Promise.withResolvers<string>();
  const impatient = new AbortController();
  const begun: string[] = [];
  const first = inTurn(() => gate.promise, patient);
  const second = inTurn(async () => begun.push('second'), impatient.signal);
  const third = inTurn(async () => 'third', patient);

  impatient.abort(new Error('too long'));
  await expect(second).rejects.toThrow('too long');
  gate.resolve('first');

  expect([await first, await third, begun]).toEqual(['first', 'third', []]);
});
