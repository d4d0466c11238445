import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Python of a virtual environment with pinned packages, made on first use and kept for the next: its name derives
 * from the pins.
 *
 * @param requirements path of a file with exact versions
 * @throws when `BELLWETHER_PYTHON` (`/usr/bin/python3` by default) is missing or the packages cannot be installed
 */
export async function pythonEnvironment(requirements: string): Promise<string> {
  const pins = await readFile(requirements, 'utf8');
  const { BELLWETHER_STACK_PROGRAMS, BELLWETHER_STACK } = process.env;
  const state = BELLWETHER_STACK_PROGRAMS || BELLWETHER_STACK || join(homedir(), '.cache', 'bellwether-stack');
  const folder = join(state, `python-${createHash('sha256').update(pins).digest('hex').slice(0, 16)}`);
  // Scripts of an environment hold its path, so that it cannot be made elsewhere and moved: the mark comes last.
  const mark = join(folder, 'installed');
  const python = join(folder, 'bin', 'python');
  if (existsSync(mark)) return python;
  await mkdir(state, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await run(systemPython(), ['-m', 'venv', folder]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  await writeFile(`${mark}.new`, '');
  await rename(`${mark}.new`, mark);
  return python;
}

function systemPython(): string {
  const asked = process.env.BELLWETHER_PYTHON;
  if (asked !== undefined) return asked;
  // Debian's own is without surprises; on other machines whatever `python3` is.
  return existsSync('/usr/bin/python3.11') ? '/usr/bin/python3.11' : 'python3';
}
