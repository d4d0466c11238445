import { expect, test } from '@jest/globals';
import { checkLog } from './check-log.ts';

test('a log may hold what was asked and cut off, but not miss an answer', () => {
  expect(checkLog(1_005, 1_000, 16)).toMatch(/all 1,000 answered predictions, and 5 /);
  expect(() => checkLog(999, 1_000, 16)).toThrow(expect.objectContaining({ code: 'request-log-incomplete' }));
});

test('a log with more than was ever asked is wrong', () => {
  expect(() => checkLog(1_017, 1_000, 16)).toThrow(expect.objectContaining({ code: 'request-log-wrong' }));
});
