import { createRequire } from 'node:module';
import { answer, readTask, rowsOf, scoreOf } from './read-task.ts';

interface LibSvm {
  new (
    options: Record<string, unknown>,
  ): {
    train(rows: number[][], truth: number[]): void;
    predict(rows: number[][]): number[];
  };
  readonly KERNEL_TYPES: { readonly RBF: string };
  readonly SVM_TYPES: { readonly C_SVC: string; readonly EPSILON_SVR: string };
}

const { table, settings, x, y } = readTask<{ C: number; gamma: number; epsilon: number; tolerance: number }>();
const Svm = (await createRequire(import.meta.url)('libsvm-js')) as LibSvm;
const { C, gamma, epsilon, tolerance } = settings;
const type = table.task === 'regression' ? Svm.SVM_TYPES.EPSILON_SVR : Svm.SVM_TYPES.C_SVC;
const options = { type, kernel: Svm.KERNEL_TYPES.RBF, cost: C, gamma, epsilon, tolerance, cacheSize: 256, quiet: true };
const svm = new Svm(options);
const rows = rowsOf(x, table.columns, 0, table.training);
const truth = [...y.subarray(0, table.training)];
const startedAt = performance.now();
svm.train(rows, truth);
const endedAt = performance.now();
answer(startedAt, endedAt, scoreOf(table, y, svm.predict(rowsOf(x, table.columns, table.training, table.rows))));
