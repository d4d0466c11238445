import { algorithms } from '@bellwether/learning';
import { answer, readTask, scoreOf } from './read-task.ts';

const { table, settings, x, y } = readTask<{ algorithm: 'svm' | 'neural'; hyperparameters: Record<string, unknown> }>();
const { task, training, rows, columns } = table;
const learner = algorithms[settings.algorithm];
const hyperparameters = learner.hyperparameters.parse(settings.hyperparameters);
const classes = task === 'regression' ? 0 : 2;
const matrix = { rows: training, columns, values: x.subarray(0, training * columns) };
const startedAt = performance.now();
const parameters = await learner.fit({ task, x: matrix, y: y.subarray(0, training), classes }, hyperparameters, {
  seed: 1,
  onProgress: () => {},
});
const endedAt = performance.now();
const { score, output, width } = learner.predictor(parameters, { task, classes, features: columns });
const out = new Float64Array(width);
const predictions = Array.from({ length: rows - training }, (_, row) => {
  score(x, (training + row) * columns, out, 0);
  if (output === 'value') return out[0] as number;
  return Number(output === 'decision' ? (out[0] as number) > 0 : (out[1] as number) > (out[0] as number));
});
answer(startedAt, endedAt, scoreOf(table, y, predictions));
