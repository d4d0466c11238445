import { availableParallelism } from 'node:os';

/** How many trials are running: one number that the pool and its threads share. */
export type Running = Int32Array;

/** None runs. */
export function newRunning(): Running {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/**
 * A trial's share of the cores, to be asked before each of its fits: the last trial of a round has all of them. Models do
 * not depend on it.
 *
 * @param cores unless given, all that the process may use
 */
export function coreShare(running: Running, cores: number = availableParallelism()): number {
  return Math.max(1, Math.floor(cores / Math.max(1, Atomics.load(running, 0))));
}
