import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The interpreter of a virtual environment with exactly these packages, made once and kept beside the stack.
 *
 * @param requirements pinned: `numpy==2.4.6`
 * @param interpreter that it is made of; default: PYTHON, else `python3`
 */
export async function pythonWith(requirements: readonly string[], interpreter?: string): Promise<string> {
  const { BELLWETHER_STACK, PYTHON } = process.env;
  const stack = BELLWETHER_STACK ?? join(homedir(), '.cache', 'bellwether-stack');
  const folder = join(stack, 'python', hash('sha256', requirements.join('\n'), 'hex').slice(0, 16));
  const python = join(folder, 'bin', 'python');
  const mark = join(folder, 'complete');
  if (existsSync(mark)) return python;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(interpreter ?? PYTHON ?? 'python3', ['-m', 'venv', folder]);
  await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary=:all:',
    ...requirements,
  ]);
  // Only a whole environment is used again.
  await mkdir(`${mark}.new`);
  await rename(`${mark}.new`, mark);
  return python;
}

/** What a Python script prints, as JSON. */
export async function jsonOfPython(python: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(python, [...args], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}
