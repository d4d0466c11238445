import type { DataProblem } from '@bellwether/contracts';
import type { InspectedTable, InspectTask } from '../inspect-table.ts';
import type { Limits } from '../limits.ts';
import type { SplitCounts, SplitTask } from '../split/split-task.ts';
import type { DeriveResult, DeriveTask } from '../steps/derive-task.ts';
import type { NextResult, NextTask } from '../steps/next/next-task.ts';

/** What the child process is asked to do, by kind, and what it answers. */
export interface Tasks {
  readonly inspect: { readonly task: InspectTask; readonly result: InspectedTable };
  readonly split: { readonly task: SplitTask; readonly result: SplitCounts };
  readonly derive: { readonly task: DeriveTask; readonly result: DeriveResult };
  readonly next: { readonly task: NextTask; readonly result: NextResult };
}

export type Kind = keyof Tasks;
export type Task = Tasks[Kind]['task'];

/** The one message to the child. */
export interface Assignment {
  readonly task: Task;
  /** for staged and spilled data; the parent removes it */
  readonly folder: string;
  /** files that may be opened */
  readonly paths: readonly string[];
  readonly limits: Limits;
}

/** Says that the assignment has arrived: what ends the child from here on is the task's doing. */
export interface Begun {
  readonly begun: true;
}

/** The last message back. */
export type Answer =
  | { readonly ok: true; readonly result: Tasks[Kind]['result'] }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

export type Reply = Begun | Answer;
