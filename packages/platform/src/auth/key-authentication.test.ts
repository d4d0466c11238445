import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { hashApiKey, newApiKey } from './api-key.ts';
import { keyAuthentication } from './key-authentication.ts';

const bearing = (authorization?: string) => ({ headers: { authorization } }) as IncomingMessage;

/** One key of Ana's, and how often it was looked up. */
function ana() {
  const key = newApiKey();
  const clock = { now: 0 };
  let lookUps = 0;
  let holder: string | undefined = 'ana';
  const authentication = keyAuthentication({
    cacheMilliseconds: 1_000,
    now: () => clock.now,
    async findKey(hash) {
      lookUps++;
      return hash === hashApiKey(key) && holder !== undefined ? { tenantId: holder } : undefined;
    },
  });
  const revoke = () => {
    holder = undefined;
  };
  return { key, clock, authentication, revoke, lookUps: () => lookUps };
}

test('a key is 256 random bits, and its hash is not the key', () => {
  const key = newApiKey();
  expect(key).toMatch(/^bw_[A-Za-z0-9_-]{43}$/);
  expect(newApiKey()).not.toBe(key);
  expect(hashApiKey('bw_abc')).toBe('dc9a3377f5e05f6c1e7bb157dc5bbb3e93a479812ecfcdcce70f60511c52da9d');
});

test('the tenant is who holds the key; the scheme is read in any case', async () => {
  const { key, authentication } = ana();
  expect(await authentication.identify(bearing(`Bearer ${key}`))).toEqual({ tenantId: 'ana' });
  expect(await authentication.identify(bearing(`bearer  ${key} `))).toEqual({ tenantId: 'ana' });
});

test('a key is looked up once in its time, and a revoked one ends with it', async () => {
  const { key, clock, authentication, revoke, lookUps } = ana();
  await authentication.identify(bearing(`Bearer ${key}`));
  revoke();
  clock.now = 999;
  expect(await authentication.identify(bearing(`Bearer ${key}`))).toEqual({ tenantId: 'ana' });
  expect(lookUps()).toBe(1);
  clock.now = 1_001;
  await expect(authentication.identify(bearing(`Bearer ${key}`))).rejects.toMatchObject({ code: 'api-key-unknown' });
});

test.each([
  ['nothing', undefined, 'api-key-missing'],
  ['another scheme', 'Basic YTpi', 'api-key-missing'],
  ['no key', 'Bearer ', 'api-key-missing'],
  ['a key of another form', 'Bearer abc', 'api-key-unknown'],
])('a request with %s is refused without a look-up', async (_what, header, code) => {
  const { authentication, lookUps } = ana();
  await expect((async () => authentication.identify(bearing(header)))()).rejects.toMatchObject({ status: 401, code });
  expect(lookUps()).toBe(0);
});

test('a key works as soon as it is made, even if it was tried before', async () => {
  const key = newApiKey();
  let holder: { tenantId: string } | undefined;
  const authentication = keyAuthentication({ findKey: async () => holder });
  await expect(authentication.identify(bearing(`Bearer ${key}`))).rejects.toMatchObject({ status: 401 });
  holder = { tenantId: 'ana' };
  expect(await authentication.identify(bearing(`Bearer ${key}`))).toEqual({ tenantId: 'ana' });
});
