import type { DataProblem } from '@bellwether/contracts';
import { runTask, type TaskOptions } from '../child/run-task.ts';
import type { DeriveResult, DeriveTask } from './derive-task.ts';

export interface Derivation extends TaskOptions, Pick<DeriveTask, 'steps' | 'table' | 'files' | 'others'> {
  /** path of the Parquet file to write */
  readonly output: string;
}

export type Derived = ({ readonly ok: true } & DeriveResult) | { readonly ok: false; readonly problems: DataProblem[] };

/**
 * Evaluates resolved steps over a stored table and writes the result as another one.
 *
 * @throws the signal's reason when aborted, or an error of the file system
 */
export async function deriveDataset(path: string, derivation: Derivation): Promise<Derived> {
  const { output, steps, table, files, others } = derivation;
  const inputs = [path, ...Object.values(files)];
  const outcome = await runTask<'derive'>(inputs, [output], derivation, (partial) => ({
    kind: 'derive',
    source: path,
    output: partial(output),
    steps,
    table,
    files,
    others,
  }));
  return outcome.ok ? { ok: true, ...outcome.result } : outcome;
}
