import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const checkout = fileURLToPath(new URL('../../../../', import.meta.url));
const describe = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];

/**
 * The code that trains, for the lineage of versions: its release, with the commit where that is known, as in
 * `0.1.0+531136a48808` (build metadata, https://semver.org/#spec-item-10). `-dirty` stands for changes on top of it.
 *
 * @param commit as it was told; else git is asked, where this runs from a checkout
 * @param folder of the checkout
 */
export async function readCodeVersion(commit: string | undefined, folder = checkout): Promise<string> {
  const known = commit ?? (await describeCheckout(folder));
  return known === undefined ? manifest.version : `${manifest.version}+${known}`;
}

async function describeCheckout(folder: string): Promise<string | undefined> {
  // Installed below the checkout of something else, git would answer with that one's commit.
  if (!existsSync(join(folder, '.git'))) return undefined;
  try {
    const { stdout } = await promisify(execFile)('git', describe, { cwd: folder, timeout: 10_000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
