import type { Rows } from '../matrix.ts';
import type { Parameters } from './parameters.ts';

/** Values that a thread must have to itself in each tree: with fewer, threads that grow it together wait too often. */
const valuesOfThread = 300_000;

/** Values times trees that make up for starting a thread, about a tenth of a second of work. */
const workOfThread = 30_000_000;

/** Trees to the end, each grown by a thread alone, are more work, and nobody waits. */
const workOfLonelyThread = 2_000_000;

/** Threads that make the training faster; models do not depend on it. */
export const threadsFor = (
  { rows, columns }: Rows,
  { num_round, num_parallel_tree }: Parameters,
  allowed: number,
): number => {
  const values = rows * columns;
  const work = values * num_round * num_parallel_tree;
  const wanted =
    num_parallel_tree > 1 ? work / workOfLonelyThread : Math.min(values / valuesOfThread, work / workOfThread);
  return Math.max(1, Math.min(allowed, Math.floor(wanted)));
};
