import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { readCodeVersion } from './code-version.ts';

test('a commit that was told stands behind the release', async () => {
  expect(await readCodeVersion('0123456789ab')).toMatch(/^\d+\.\d+\.\d+\+0123456789ab$/);
});

test('in a checkout git says the commit, and whether something was changed on top of it', async () => {
  using folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  writeFileSync(join(folder.path, 'file'), 'one');
  git('add', '.');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'one');
  git('tag', 'v9');
  const commit = git('rev-parse', '--short=12', 'HEAD').trim();

  const clean = await readCodeVersion(undefined, folder.path);
  writeFileSync(join(folder.path, 'file'), 'two');
  const changed = await readCodeVersion(undefined, folder.path);

  expect(clean).toMatch(new RegExp(`^\\d+\\.\\d+\\.\\d+\\+${commit}$`));
  expect(changed).toBe(`${clean}-dirty`);
});

test('elsewhere, below another checkout or where git fails, it is the release alone', async () => {
  using folder = temporaryFolder();
  const broken = join(folder.path, 'broken');
  mkdirSync(join(broken, '.git'), { recursive: true });

  const release = /^\d+\.\d+\.\d+$/;
  expect(await readCodeVersion(undefined, folder.path)).toMatch(release);
  expect(await readCodeVersion(undefined, broken)).toMatch(release);
  expect(await readCodeVersion(undefined, join(import.meta.dirname, '..'))).toMatch(release);
});
