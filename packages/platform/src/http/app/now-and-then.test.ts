import { expect, test } from '@jest/globals';
import { nowAndThen } from './now-and-then.ts';

test('the first is reported at once, the others together after the period', () => {
  const clock = { now: 0 };
  const reports: unknown[] = [];
  const tell = nowAndThen<string>(
    1_000,
    (subject, count) => reports.push([subject, count]),
    () => clock.now,
  );
  tell('a');
  tell('b');
  clock.now = 999;
  tell('c');
  clock.now = 1_000;
  tell('d');
  expect(reports).toEqual([
    ['a', 1],
    ['d', 3],
  ]);
});
