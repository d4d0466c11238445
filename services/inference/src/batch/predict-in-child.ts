import { type ChildEnd, type ChildWatch, runInChild } from '@bellwether/platform';
import type { PredictionTask } from './prediction-task.ts';

const program = new URL('./child.ts', import.meta.url);

export type PredictionEnd = ChildEnd<{ readonly rows: number }>;

/**
 * Predicts a table in a process of its own.
 *
 * @throws the signal's reason on abort, after the process was killed; when the process crashed
 */
export async function predictInChild(task: PredictionTask, watch: ChildWatch): Promise<PredictionEnd> {
  return await runInChild(program, task, watch);
}
