import { expect, test } from '@jest/globals';
import { WarehouseError } from '../warehouse-error.ts';
import { mysqlEngine } from './mysql-engine.ts';
import { mysqlFailure } from './mysql-failure.ts';

test.each([
  [{ errno: 1213, code: 'ER_LOCK_DEADLOCK', message: 'Deadlock found' }, 'warehouse-busy', true],
  [{ errno: 1040, code: 'ER_CON_COUNT_ERROR', message: 'Too many connections' }, 'warehouse-throttled', true],
  [{ errno: -104, code: 'ECONNRESET', message: 'read ECONNRESET' }, 'warehouse-unreachable', true],
  [{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND db' }, 'warehouse-unreachable', true],
  [{ errno: 1045, code: 'ER_ACCESS_DENIED_ERROR', message: 'Access denied' }, 'warehouse-login', false],
  [{ errno: 1142, code: 'ER_TABLEACCESS_DENIED_ERROR', message: 'INSERT denied' }, 'warehouse-denied', false],
  [{ errno: 1406, code: 'ER_DATA_TOO_LONG', message: 'Data too long' }, 'warehouse-value', false],
  [{ errno: 1064, code: 'ER_PARSE_ERROR', message: 'You have an error' }, 'warehouse-failed', false],
])('%j is %s', (error, code, isRetryable) => {
  expect(mysqlFailure(Object.assign(new Error(error.message), error))).toMatchObject({ code, isRetryable });
});

test('errors of others pass', () => {
  const own = new WarehouseError('warehouse-value', 'x');
  const other = new RangeError('y');
  expect([mysqlFailure(own), mysqlFailure(other)]).toEqual([own, other]);
  expect(mysqlFailure(other)).toBe(other);
});

test('a server that does not answer is an error that may be tried again, without the password', async () => {
  // Port 1 of the loopback is nobody's.
  const engine = mysqlEngine('mysql://user:tiger@127.0.0.1:1/shop');
  const failure = await engine.migrate().catch((error: unknown) => error);
  await engine.close();
  expect(failure).toMatchObject({ code: 'warehouse-unreachable', isRetryable: true });
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('tiger');
});
