import { readFileSync } from 'node:fs';
import { createPredictor, type Parameters, trainBooster } from '@bellwether/boosting';
import type { Fit, Task } from '../fit-in-child.ts';

const { table, model, threads, trees } = JSON.parse(process.argv[2] ?? '') as Task;
const { rows, columns, heldOut } = table;

// of this program alone; the resource usage would count its parent before the exec too
const peak = (): number => Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

const floats = (path: string): Float32Array => {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
};

const boosting: Partial<Parameters> = { num_round: trees, max_depth: 6, max_bin: 256 };
const forest: Partial<Parameters> = {
  num_round: 1,
  num_parallel_tree: trees,
  sampling_method: 'poisson',
  max_depth: 40,
  eta: 1,
  lambda: 0,
};

const before = peak();
const x = floats(table.x);
const y = floats(table.y);
const startedAt = performance.now();
const booster = await trainBooster({
  x: { values: x.subarray(0, rows * columns), rows, columns },
  y: y.subarray(0, rows),
  parameters: model === 'boosting' ? boosting : forest,
  threads,
});
const seconds = (performance.now() - startedAt) / 1000;
const memory = peak();
const held = createPredictor(booster).predictRows({ values: x.subarray(rows * columns), rows: heldOut, columns });
const squares = held.reduce((sum, value, row) => sum + (value - (y[rows + row] as number)) ** 2, 0);
const fit: Fit = { seconds, memory, added: memory - before, rmse: Math.sqrt(squares / heldOut) };
console.log(JSON.stringify(fit));
