import { readFileSync } from 'node:fs';
import { createPredictor, readModel } from '@bellwether/boosting';
import { median } from '../../statistics/statistics.ts';
import type { PredictionTask, PredictionTimes } from '../prediction-task.ts';

const { model, x, columns, singles, batches } = JSON.parse(process.argv[2] ?? '') as PredictionTask;
const predictor = createPredictor(readModel(readFileSync(model)));
const { buffer, byteOffset, byteLength } = readFileSync(x);
const values = new Float32Array(buffer, byteOffset, byteLength / 4);
const rows = values.length / columns;

const timesOf = (count: number, act: (turn: number) => void): number => {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const startedAt = performance.now();
    act(turn);
    times.push(performance.now() - startedAt);
  }
  return median(times);
};

const out = new Float32Array(1);
const many = predictor.predictRows({ values, rows, columns });
const answer: PredictionTimes = {
  rowMicroseconds: 1000 * timesOf(singles, (turn) => predictor.predict(values, ((turn * 7) % rows) * columns, out, 0)),
  batchMilliseconds: timesOf(batches, () => predictor.predictRows({ values, rows, columns })),
  predictions: Array.from(many.subarray(0, 1000)),
};
console.log(JSON.stringify(answer));
