import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';

const run = promisify(execFile);
const environments = fileURLToPath(new URL('../../.venv', import.meta.url));

export interface PythonEnvironment {
  /** path of the interpreter */
  readonly python: string;
  /** `3.11.7` */
  readonly version: string;
}

/**
 * A virtual environment with exactly what a requirements file names, under `bench/.venv` by the name of the file's
 * folder; made when it is not there or when the file has changed.
 *
 * @param requirements path of the file, every version pinned
 * @throws BenchmarkFailure `python-not-set-up`
 */
export async function pythonEnvironment(
  requirements: string,
  print: (line: string) => void,
): Promise<PythonEnvironment> {
  const wanted = await readFile(requirements, 'utf8');
  const folder = join(environments, basename(dirname(requirements)));
  // Written last, so that a setup that was broken off is made anew.
  const receipt = join(folder, 'installed-requirements.txt');
  const python = join(folder, 'bin', 'python');
  const installed = await readFile(receipt, 'utf8').catch(() => undefined);
  if (installed !== wanted) {
    print('Setting up the Python peer in bench/.venv (once) …');
    await rm(folder, { recursive: true, force: true });
    await mkdir(environments, { recursive: true });
    await attempt(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
    await attempt(python, ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '-r', requirements]);
    await writeFile(receipt, wanted);
  }
  const { stdout } = await attempt(python, ['-c', 'import platform; print(platform.python_version())']);
  return { python, version: stdout.trim() };
}

async function attempt(command: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
  try {
    return await run(command, args);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new BenchmarkFailure(
      'python-not-set-up',
      `${stderr || message}\nThe peer needs Python 3.11 or newer with its venv module (Debian: python3-venv); PYTHON names another interpreter.`,
    );
  }
}
