import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import { childPath } from './take-turn.ts';

const run = promisify(execFile);

/**
 * Compares the first Parquet file with each of the others, value by value.
 * @throws BenchmarkFailure `wrong-answer`
 */
export async function checkTables(python: string, paths: readonly string[]): Promise<void> {
  try {
    await run(python, [childPath('compare.py'), ...paths]);
  } catch (error) {
    throw new BenchmarkFailure('wrong-answer', (error as Error).message);
  }
}
