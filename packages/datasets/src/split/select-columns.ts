import type { DataProblem } from '@bellwether/contracts';
import { runTask, type TaskOptions } from '../child/run-task.ts';

export interface Selection extends TaskOptions {
  /** path of the Parquet file to write */
  readonly output: string;
  readonly columns: readonly string[];
}

export type Selected =
  | { readonly ok: true; readonly rows: number }
  | { readonly ok: false; readonly problems: DataProblem[] };

/**
 * Writes some columns of a stored table, in the order given, as another one.
 *
 * @throws the signal's reason when aborted, or an error of the file system
 */
export async function selectColumns(path: string, selection: Selection): Promise<Selected> {
  const { output, columns } = selection;
  const outcome = await runTask<'select'>([path], [output], selection, (partial) => ({
    kind: 'select',
    source: path,
    output: partial(output),
    columns,
  }));
  return outcome.ok ? { ok: true, ...outcome.result } : outcome;
}
