import type { Frame } from '@bellwether/contracts';
import { columnOf } from '../frame-columns.ts';
import type { Task } from '../task.ts';
import { hashRows } from './row-hash.ts';
import { bothSides, byRank, type Split } from './split-holdout.ts';

export interface FoldOptions {
  readonly target: string;
  readonly task: Task;
  /** 2 or more; with a timestamp there is one, whatever is asked */
  readonly folds: number;
  readonly timestamp?: string;
}

/** With fewer rows a fold, scores would say more about the rows than about the model. */
const leastRows = 2;

/** A sort key that brings equal classes together. */
const classKeys = (frame: Frame, target: string, task: Task): ((row: number) => number) => {
  const column = columnOf(frame, target);
  if (task === 'regression') return () => 0;
  return column.type === 'numeric' ? (row) => column.values[row] as number : (row) => column.codes[row] as number;
};

/** Deals rows to folds in turn, class by class in the order of their hashes; identical rows stay together. */
const dealByHash = (frame: Frame, rows: Int32Array, { target, task, folds }: FoldOptions): Split[] => {
  const hashes = hashRows(frame);
  const hashOf = (row: number): number => hashes[row] as number;
  const classOf = classKeys(frame, target, task);
  const order = rows.toSorted((a, b) => classOf(a) - classOf(b) || hashOf(a) - hashOf(b));
  const foldOf = new Int32Array(frame.rows);
  let fold = -1;
  let last: number | undefined;
  for (const row of order) {
    if (hashOf(row) !== last) fold = (fold + 1) % folds;
    last = hashOf(row);
    foldOf[row] = fold;
  }
  return Array.from({ length: folds }, (_, held) => ({
    training: rows.filter((row) => foldOf[row] !== held),
    holdout: rows.filter((row) => foldOf[row] === held),
  }));
};

/**
 * Splits the training rows once more, so that trials can be compared without a look at the hold-out: `folds` parts of
 * equal size that hold each class in equal shares, each held out once; or, with a timestamp, the last fifth by time.
 *
 * The parts depend on the rows' values alone, as the hold-out does. No folds come back when there are too few rows, or
 * when a side would be empty.
 *
 * @param rows of the training part, all with a target (and a time)
 */
export const validationFolds = (frame: Frame, rows: Int32Array, options: FoldOptions): Split[] => {
  if (rows.length < options.folds * leastRows) return [];
  const time = options.timestamp === undefined ? undefined : columnOf(frame, options.timestamp);
  const splits = time?.type === 'numeric' ? [byRank(rows, time.values, 0.2)] : dealByHash(frame, rows, options);
  return splits.every(bothSides) ? splits : [];
};
