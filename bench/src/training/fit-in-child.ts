import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import type { Table } from './write-table.ts';

const run = promisify(execFile);

export interface Task {
  readonly table: Table;
  readonly model: 'boosting' | 'forest';
  readonly threads: number;
  /** rounds of boosting, or trees of a forest */
  readonly trees: number;
}

/** What a contestant's process says after one fit. */
export interface Fit {
  /** from the table in memory to the model */
  readonly seconds: number;
  /** most memory that the process ever had, MiB */
  readonly memory: number;
  /** of it beyond what the program had before it read the table, MiB */
  readonly added: number;
  /** root mean squared error on the held-out rows */
  readonly rmse: number;
}

export interface Contestant {
  readonly name: string;
  /** of a file in `children` */
  readonly file: string;
  readonly interpreter: string;
}

/**
 * One fit in a process of its own, so that its memory is nobody else's.
 * @throws BenchmarkFailure `peer-failed`
 */
export async function fitInChild({ name, file, interpreter }: Contestant, task: Task): Promise<Fit> {
  const path = fileURLToPath(new URL(`children/${file}`, import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: String(task.threads) };
  try {
    const { stdout } = await run(interpreter, [path, JSON.stringify(task)], { env });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Fit;
  } catch (error) {
    throw new BenchmarkFailure('peer-failed', `${name}: ${(error as Error).message}`);
  }
}
