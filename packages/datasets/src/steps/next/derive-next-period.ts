import type { DataProblem } from '@bellwether/contracts';
import { runTask, type TaskOptions } from '../../child/run-task.ts';
import type { NextResult, NextTask } from './next-task.ts';

export interface NextPeriod extends TaskOptions, Pick<NextTask, 'steps' | 'table' | 'files' | 'others'> {
  /** path of the Parquet file to write: a row an item, its name in the column `__bellwether_item` */
  readonly output: string;
  /** path of the Parquet file to write: what is known of each item, period by period */
  readonly history: string;
}

export type DerivedNextPeriod =
  | ({ readonly ok: true } & NextResult)
  | { readonly ok: false; readonly problems: DataProblem[] };

/**
 * Computes the features of the period after the last one for each item of a stored table, by the steps that made a
 * training table.
 *
 * @throws the signal's reason when aborted, or an error of the file system
 */
export async function deriveNextPeriod(path: string, next: NextPeriod): Promise<DerivedNextPeriod> {
  const { output, history, steps, table, files, others } = next;
  const inputs = [path, ...Object.values(files)];
  const outcome = await runTask<'next'>(inputs, [output, history], next, (partial) => ({
    kind: 'next',
    source: path,
    output: partial(output),
    history: partial(history),
    steps,
    table,
    files,
    others,
  }));
  return outcome.ok ? { ok: true, ...outcome.result } : outcome;
}
