import { createRequire } from 'node:module';
import { answer, readTask, rowsOf, scoreOf } from './read-task.ts';

interface MlSvm {
  new (
    options: Record<string, unknown>,
  ): {
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  };
}

const { table, settings, x, y } = readTask<{ C: number; gamma: number; tolerance: number }>();
const Svm = createRequire(import.meta.url)('ml-svm') as MlSvm;
const { C, gamma, tolerance } = settings;
const svm = new Svm({ C, tol: tolerance, kernel: 'rbf', kernelOptions: { sigma: Math.sqrt(1 / (2 * gamma)) } });
const rows = rowsOf(x, table.columns, 0, table.training);
const labels = Array.from(y.subarray(0, table.training), (value) => (value > 0 ? 1 : -1));
const startedAt = performance.now();
svm.train(rows, labels);
const endedAt = performance.now();
const predictions = svm.predict(rowsOf(x, table.columns, table.training, table.rows));
answer(
  startedAt,
  endedAt,
  scoreOf(
    table,
    y,
    predictions.map((label) => Number(label > 0)),
  ),
);
