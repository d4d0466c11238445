import { expect, test } from '@jest/globals';
import { connectionLost, neverSent, rolledBack } from './mysql-errors.ts';

/** As mysql2 gives it: servers say a number, the system and mysql2 itself a code. */
const failure = (given: { errno?: number; code?: string }) => Object.assign(new Error('failed'), given);

test.each([1213, 1205, 1020])('server error %d has taken everything back', (errno) => {
  expect(rolledBack(failure({ errno }))).toBe(true);
  expect(connectionLost(failure({ errno }))).toBe(false);
});

test.each([1040, 1053, 1927, 2006, 2013, 4031])('server error %d ends the connection', (errno) => {
  expect(connectionLost(failure({ errno }))).toBe(true);
  expect(rolledBack(failure({ errno }))).toBe(false);
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'])(
  '%s is a lost connection',
  (code) => {
    // The system's errors have a negative number of their own.
    expect(connectionLost(failure({ errno: -111, code }))).toBe(true);
    expect(neverSent(failure({ code }))).toBe(false);
  },
);

test('a refusal is neither: no second try cures it', () => {
  for (const errno of [1045, 1049, 1062, 1064, 1406, 3024]) {
    expect([rolledBack(failure({ errno })), connectionLost(failure({ errno }))]).toEqual([false, false]);
  }
  for (const other of [null, undefined, 'no', {}, new Error('no')]) {
    expect([rolledBack(other), connectionLost(other)]).toEqual([false, false]);
  }
});

test('what mysql2 refuses to send was never sent', () => {
  const refused = new Error("Can't add new command when connection is in closed state");

  expect([connectionLost(refused), neverSent(refused)]).toEqual([true, true]);
});
