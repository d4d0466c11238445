import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import type { Table } from './table.ts';

const run = promisify(execFile);

/** What a contestant's process says after one fit. */
export interface Fit {
  /** of the fit alone: reading the table and scoring are not in it */
  readonly seconds: number;
  /** accuracy or R² on the held-out rows */
  readonly score: number;
}

export interface Contestant {
  readonly name: string;
  /** of a file in `children` */
  readonly file: string;
  /** what runs the file */
  readonly interpreter: string;
  /** tables that it cannot take are left out */
  readonly takes?: (table: Table) => boolean;
}

/**
 * One fit in a process of its own, so that nobody profits from warm caches or pays for another's garbage.
 *
 * @param settings handed to the child as JSON
 * @throws BenchmarkFailure `peer-failed`
 */
export async function fitInChild({ name, file, interpreter }: Contestant, settings: object): Promise<Fit> {
  const path = fileURLToPath(new URL(`children/${file}`, import.meta.url));
  try {
    const { stdout } = await run(interpreter, [path, JSON.stringify(settings)]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Fit;
  } catch (error) {
    throw new BenchmarkFailure('peer-failed', `${name}: ${(error as Error).message}`);
  }
}
