import { expect, test } from '@jest/globals';
import { snowflakeFailure } from './snowflake-failure.ts';

test.each([
  [{ code: '000625', sqlState: '57014', message: 'aborted: too many waiters for this lock' }, 'warehouse-busy', true],
  [{ code: 390114, message: 'Authentication token has expired' }, 'warehouse-unreachable', true],
  [{ code: 401001, message: 'Network error. Could not reach Snowflake.' }, 'warehouse-unreachable', true],
  [{ code: '390100', message: 'Incorrect username or password was specified.' }, 'warehouse-login', false],
  [{ code: '394304', message: 'JWT token is invalid.' }, 'warehouse-login', false],
  [{ code: '002003', sqlState: '42S02', message: 'does not exist or not authorized' }, 'warehouse-denied', false],
  [{ code: '003001', sqlState: '42501', message: 'Insufficient privileges' }, 'warehouse-denied', false],
  [{ code: '000606', sqlState: '57P03', message: 'No active warehouse selected' }, 'warehouse-config', false],
  [{ code: '100038', sqlState: '22018', message: "Numeric value 'x' is not recognized" }, 'warehouse-value', false],
  [
    { code: '100078', sqlState: '22000', message: 'String is too long and would be truncated' },
    'warehouse-value',
    false,
  ],
  [{ code: '001003', sqlState: '42000', message: 'SQL compilation error' }, 'warehouse-failed', false],
])('%j is %s', (error, code, isRetryable) => {
  expect(snowflakeFailure(Object.assign(new Error(error.message), error))).toMatchObject({ code, isRetryable });
});

test('errors of others pass', () => {
  const other = new RangeError('y');
  expect(snowflakeFailure(other)).toBe(other);
});
