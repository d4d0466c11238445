import { readFileSync } from 'node:fs';
import type { Table } from '../table.ts';

export interface ChildTask<Settings> {
  readonly table: Table;
  readonly settings: Settings;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const numbers = (path: string): Float64Array => {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8).slice();
};

export function readTask<Settings>(): ChildTask<Settings> {
  const { table, ...settings } = JSON.parse(process.argv[2] ?? '') as { table: Table } & Settings;
  return { table, settings: settings as Settings, x: numbers(table.x), y: numbers(table.y) };
}

/** Rows as arrays, as most JavaScript libraries want them. */
export const rowsOf = (x: Float64Array, columns: number, from: number, to: number): number[][] =>
  Array.from({ length: to - from }, (_, row) => [...x.subarray((from + row) * columns, (from + row + 1) * columns)]);

/** Accuracy or R² of the predictions for the held-out rows. */
export function scoreOf({ task, training }: Table, y: Float64Array, predictions: ArrayLike<number>): number {
  const truth = y.subarray(training);
  if (task === 'classification') return truth.filter((value, row) => value === predictions[row]).length / truth.length;
  const mean = truth.reduce((sum, value) => sum + value / truth.length, 0);
  const errors = truth.reduce((sum, value, row) => sum + (value - (predictions[row] as number)) ** 2, 0);
  return 1 - errors / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

export const answer = (startedAt: number, endedAt: number, score: number): void =>
  console.log(JSON.stringify({ seconds: (endedAt - startedAt) / 1000, score }));
