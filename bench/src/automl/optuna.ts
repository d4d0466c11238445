import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PythonEnvironment } from '../peers/python-environment.ts';
import type { Found } from './contestant.ts';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(`optuna/${name}`, import.meta.url));

export const requirements = script('requirements.txt');

interface Rows {
  readonly train: string;
  readonly test: string;
  readonly target: string;
}

/** Optuna over xgboost on all cores: 3 folds, early stopping, a logarithm of the target. */
export async function searchWithOptuna(
  { python }: PythonEnvironment,
  { train, test, target }: Rows,
  trials: number,
): Promise<Found> {
  const threads = String(availableParallelism());
  const { stdout } = await run(python, [script('search.py'), train, test, target, String(trials), threads, '0']);
  const found = JSON.parse(stdout) as Omit<Found, 'best'> & { parameters: { num_round: number; max_depth: number } };
  const { num_round, max_depth } = found.parameters;
  return { ...found, best: `xgboost, ${num_round} rounds of depth ${max_depth}` };
}

/** Writes the held-out rows without their target as a CSV. */
export async function writeHeldOut({ python }: PythonEnvironment, { test, target }: Rows, csv: string): Promise<void> {
  await run(python, [script('check.py'), 'write', test, csv, target]);
}

/** Mean absolute error of predictions, as pandas has it. */
export async function errorOf({ python }: PythonEnvironment, { test, target }: Rows, csv: string): Promise<number> {
  const { stdout } = await run(python, [script('check.py'), 'score', test, csv, target]);
  return (JSON.parse(stdout) as { mae: number }).mae;
}
