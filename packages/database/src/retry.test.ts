import { expect, test } from '@jest/globals';
import { retry, type Waiting } from './retry.ts';

const patience = { first: 10, longest: 40, total: 200 };

/** A clock that only pauses move, and what was waited for. */
function waiting(random: () => number): Waiting & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let time = 0;
  return {
    pauses,
    now: () => time,
    random,
    async pause(milliseconds) {
      pauses.push(milliseconds);
      time += milliseconds;
    },
  };
}

/** Fails `failures` times, then gives how often it was tried. */
function failing(failures: number): () => Promise<number> {
  let tries = 0;
  return async () => {
    tries++;
    if (tries <= failures) throw new Error(`failure ${tries}`);
    return tries;
  };
}

test('what succeeds is not repeated', async () => {
  const clock = waiting(() => 1);

  expect(await retry(failing(0), () => true, patience, clock)).toBe(1);

  expect(clock.pauses).toEqual([]);
});

test('the bound of the pauses doubles up to the longest', async () => {
  const clock = waiting(() => 1);

  expect(await retry(failing(5), () => true, patience, clock)).toBe(6);

  expect(clock.pauses).toEqual([10, 20, 40, 40, 40]);
});

test('pauses are drawn from zero to their bound', async () => {
  const draws = [0, 0.5, 0.25];
  const clock = waiting(() => draws.shift() ?? 1);

  await retry(failing(3), () => true, patience, clock);

  expect(clock.pauses).toEqual([0, 10, 10]);
});

test('patience ends before the try that would begin too late, with the last error', async () => {
  const clock = waiting(() => 1);

  await expect(retry(failing(100), () => true, patience, clock)).rejects.toThrow('failure 7');

  expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(patience.total);
});

test('an error that no other try cures is thrown at once', async () => {
  const clock = waiting(() => 1);

  await expect(retry(failing(1), () => false, patience, clock)).rejects.toThrow('failure 1');

  expect(clock.pauses).toEqual([]);
});

test('a number of tries is made however long they take', async () => {
  const clock = waiting(() => 1);

  expect(await retry(failing(9), () => true, { ...patience, enough: 10 }, clock)).toBe(10);
  await expect(retry(failing(10), () => true, { ...patience, enough: 10 }, clock)).rejects.toThrow('failure 10');
});
