import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = new URL('../..', import.meta.url).pathname;
const end = '=== end of block ===';

/** The shell commands of a guide, in order. */
const blocksOf = (guide: string): string[] =>
  [...readFileSync(`${root}docs/${guide}`, 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');

/**
 * Pastes all shell commands of a guide into one bash, as a reader does, with `bellwether` and `samples/` at hand.
 *
 * @param url the platform that it talks to, instead of `localhost:8080`
 * @param folder where it is run
 * @param more variables of the environment
 * @returns what each block printed; rejects when a command fails
 */
export async function runGuide(
  guide: string,
  url: string,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const env = { ...process.env, NODE_OPTIONS: '', BELLWETHER_URL: url, NO_COLOR: '1', ...more };
  symlinkSync(join(root, 'samples'), join(folder, 'samples'));
  const bellwether = `bellwether() { '${process.execPath}' '${root}packages/cli/src/main.ts' "$@"; }`;
  const node = `node() { '${process.execPath}' "$@"; }`;
  const blocks = blocksOf(guide).map((block) => `${block.replaceAll('localhost:8080', url)}\necho '${end}'`);
  const script = ['set -eo pipefail', bellwether, node, ...blocks].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env, maxBuffer: 2 ** 26 });
  return stdout.split(`${end}\n`).slice(0, -1);
}
