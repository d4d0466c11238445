import { expect, test } from '@jest/globals';
import { connectionLost, deadlocked, neverSent, waitedInVain } from './mysql-errors.ts';

/** As mysql2 gives it: servers say a number, the system and mysql2 itself a code. */
const failure = (given: { errno?: number; code?: string }) => Object.assign(new Error('failed'), given);

const kindsOf = (error: unknown) => [deadlocked(error), waitedInVain(error), connectionLost(error)];

test.each([1213, 1020])('server error %d is a deadlock or like one', (errno) => {
  expect(kindsOf(failure({ errno }))).toEqual([true, false, false]);
});

test('server error 1205 is a wait in vain', () => {
  expect(kindsOf(failure({ errno: 1205 }))).toEqual([false, true, false]);
});

test.each([1040, 1053, 1927, 2006, 2013, 4031])('server error %d ends the connection', (errno) => {
  expect(kindsOf(failure({ errno }))).toEqual([false, false, true]);
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'])(
  '%s is a lost connection',
  (code) => {
    // The system's errors have a negative number of their own.
    expect(connectionLost(failure({ errno: -111, code }))).toBe(true);
    expect(neverSent(failure({ code }))).toBe(false);
  },
);

test('a refusal is none of them: no second try cures it', () => {
  for (const errno of [1045, 1049, 1062, 1064, 1406, 3024]) {
    expect(kindsOf(failure({ errno }))).toEqual([false, false, false]);
  }
  for (const other of [null, undefined, 'no', {}, new Error('no')]) {
    expect(kindsOf(other)).toEqual([false, false, false]);
  }
});

test('what mysql2 refuses to send was never sent', () => {
  const refused = new Error("Can't add new command when connection is in closed state");

  expect([connectionLost(refused), neverSent(refused)]).toEqual([true, true]);
});
