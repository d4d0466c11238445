import type { Frame } from '@bellwether/contracts';
import { type Split, splitHoldout, validationFolds } from '@bellwether/learning';
import type { TrialTask } from './trial-task.ts';

/** Row numbers of a table: what trains, what is held out, and the folds of what trains. */
export interface Splits extends Split {
  readonly folds: readonly Split[];
}

type Plan = Pick<TrialTask['plan'], 'target' | 'task' | 'timestamp' | 'folds'>;

const made = new WeakMap<Frame, { readonly key: string; readonly splits: Splits }>();

/** Splits a table for a job. Trials of one job follow each other in a thread and share the table: it is split once. */
export function splitsOf(frame: Frame, { target, task, timestamp, folds }: Plan): Splits {
  const key = JSON.stringify([target.name, task, timestamp, folds]);
  const known = made.get(frame);
  if (known?.key === key) return known.splits;
  const by = { target: target.name, ...(timestamp === undefined ? {} : { timestamp }) };
  const split = splitHoldout(frame, by);
  const splits = { ...split, folds: validationFolds(frame, split.training, { ...by, task, folds }) };
  made.set(frame, { key, splits });
  return splits;
}
