import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

test('a key is shown once, opens its tenant alone, and ends when it is revoked', async () => {
  using folder = temporaryFolder();
  const dataDir = ['--data-dir', join(folder.path, 'data')];
  const created = await runCaptured(['keys', 'create', '--tenant', 'u1', '--name', 'laptop', ...dataDir]);
  expect(created.code).toBe(0);
  const key = created.out.trim();
  expect(key).toMatch(/^bw_[A-Za-z0-9_-]{43}$/);

  const listed = await runCaptured(['keys', 'list', ...dataDir]);
  const [, hash = ''] = /^([0-9a-f]{64}) +u1 +laptop /m.exec(listed.out) ?? [];
  expect(hash).not.toBe('');
  expect(listed.out).not.toContain(key);

  const withKey = { env: { AUTH: 'keys', BELLWETHER_API_KEY: key } };
  expect((await runCaptured(['models', ...dataDir], withKey)).code).toBe(0);
  const other = await runCaptured(['models', '--user', 'u2', ...dataDir], withKey);
  expect(other).toMatchObject({ code: 1, err: expect.stringContaining('(tenant-mismatch)') });
  const without = await runCaptured(['models', ...dataDir], { env: { AUTH: 'keys' } });
  expect(without).toMatchObject({ code: 1, err: expect.stringContaining('BELLWETHER_API_KEY') });

  const revoked = await runCaptured(['keys', 'revoke', hash.slice(0, 8), ...dataDir]);
  expect(revoked).toMatchObject({ code: 0, out: expect.stringContaining(hash) });
  expect(await runCaptured(['models', ...dataDir], withKey)).toMatchObject({
    code: 1,
    err: expect.stringContaining('(api-key-unknown)'),
  });
});

test('a hash must name one key', async () => {
  using folder = temporaryFolder();
  const dataDir = ['--data-dir', folder.path];
  for (const hash of ['', 'abc', 'abcdef01']) {
    const { code, err } = await runCaptured(['keys', 'revoke', hash, ...dataDir]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(key-not-found)') });
  }
});

test('a tenant that no request could name gets no key', async () => {
  using folder = temporaryFolder();
  const { code, err } = await runCaptured(['keys', 'create', '--tenant', '../x', '--data-dir', folder.path]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('(bad-tenant)') });
});
