import type { DeriveTask } from '../derive-task.ts';

/** Features of the period after the last one, of each item. */
export interface NextTask extends Omit<DeriveTask, 'kind' | 'output'> {
  readonly kind: 'next';
  /** Parquet to write: a row an item, its name in the column `__bellwether_item` */
  readonly output: string;
  /** Parquet to write: what is known of each item, period by period */
  readonly history: string;
}

export interface NextResult {
  /** items */
  readonly rows: number;
  /** first day of the period, in milliseconds since the epoch */
  readonly periodStart: number;
}
