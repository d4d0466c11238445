import { expect, test } from '@jest/globals';
import { tenantOf } from './tenant.ts';

const keyless = { tenantId: undefined };
const ana = { tenantId: 'ana' };

test('without keys the tenant is userID, else X-User-Id, else local', () => {
  expect(tenantOf(keyless, 'u1', 'u2')).toBe('u1');
  expect(tenantOf(keyless, undefined, 'u2')).toBe('u2');
  expect(tenantOf(keyless, undefined, undefined)).toBe('local');
});

test.each(['', '../x', 'a b', '-a', 'a'.repeat(65)])('the header %j names no tenant', (header) => {
  expect(() => tenantOf(keyless, undefined, header)).toThrow(
    expect.objectContaining({
      status: 422,
      code: 'invalid-request',
      options: expect.objectContaining({ field: 'X-User-Id' }),
    }),
  );
});

test('with a key the tenant is the key’s', () => {
  expect(tenantOf(ana, undefined, undefined)).toBe('ana');
  expect(tenantOf(ana, 'ana', 'ana')).toBe('ana');
});

test.each([
  ['userID', 'bob', undefined],
  ['X-User-Id', undefined, 'bob'],
  ['X-User-Id', 'ana', 'bob'],
])('with a key another tenant in %s is refused', (field, userId, header) => {
  expect(() => tenantOf(ana, userId, header)).toThrow(
    expect.objectContaining({ status: 403, code: 'tenant-mismatch', options: expect.objectContaining({ field }) }),
  );
});
