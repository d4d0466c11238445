import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import type { Task } from './task.ts';

const run = promisify(execFile);

/** What a contestant's process says after its turn, with what its caller saw. */
export interface Turn {
  /** from the file to the Parquet file, without the start of the program, but with that of its child processes */
  readonly seconds: number;
  /** processor time in these seconds, of all threads and child processes */
  readonly cpu: number;
  /** most memory that the process which did the work ever had, MiB */
  readonly memory: number;
  /** from the start of the program to its end */
  readonly whole: number;
}

export interface Contestant {
  readonly name: string;
  /** of a file in `children` */
  readonly file: string;
  readonly interpreter: string;
  /** starts the turn with child processes that wait */
  readonly warm?: boolean;
}

export const childPath = (file: string): string => fileURLToPath(new URL(`children/${file}`, import.meta.url));

/**
 * One turn in a process of its own, so that its memory is nobody else's. Everybody has two threads.
 * @throws BenchmarkFailure `peer-failed`
 */
export async function takeTurn({ name, file, interpreter, warm }: Contestant, task: Task): Promise<Turn> {
  const env = { ...process.env, POLARS_MAX_THREADS: '2', OMP_NUM_THREADS: '2' };
  const startedAt = performance.now();
  try {
    const { stdout } = await run(interpreter, [childPath(file), JSON.stringify({ ...task, warm })], { env });
    const whole = (performance.now() - startedAt) / 1000;
    return { ...(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Omit<Turn, 'whole'>), whole };
  } catch (error) {
    throw new BenchmarkFailure('peer-failed', `${name}: ${(error as Error).message}`);
  }
}
