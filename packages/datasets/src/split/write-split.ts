import type { DataProblem } from '@bellwether/contracts';
import { runTask, type TaskOptions } from '../child/run-task.ts';
import type { SplitCounts, SplitOrder, SplitOutputs } from './split-task.ts';

export type SplitRequest = TaskOptions &
  SplitOrder & {
    readonly outputs: SplitOutputs;
    readonly target: string;
    /** share of the rows that are tested on, between 0 and 1 */
    readonly testFraction: number;
  };

export type Split = ({ readonly ok: true } & SplitCounts) | { readonly ok: false; readonly problems: DataProblem[] };

/**
 * Splits a stored table into three Parquet files: `train` with all columns, `test` without the target, and `actuals`
 * with the target of the test rows, tied to `test` by a column `row_id`. The test rows are drawn by `seed`,
 * whole groups of rows where `group` names their column, or are the last by `timestamp`.
 *
 * @throws the signal's reason when aborted, or an error of the file system
 */
export async function writeSplit(path: string, request: SplitRequest): Promise<Split> {
  const { outputs, target, testFraction } = request;
  const order = orderOf(request);
  const outcome = await runTask<'split'>([path], Object.values(outputs), request, (partial) => ({
    kind: 'split',
    source: path,
    outputs: { train: partial(outputs.train), test: partial(outputs.test), actuals: partial(outputs.actuals) },
    target,
    testFraction,
    order,
  }));
  return outcome.ok ? { ok: true, ...outcome.result } : outcome;
}

function orderOf(request: SplitOrder): SplitOrder {
  if ('timestamp' in request) return { timestamp: request.timestamp };
  const { seed, group } = request;
  return group === undefined ? { seed } : { seed, group };
}
