import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPredictor, type ModelFormat, type Parameters, trainBooster, writeModel } from '@bellwether/boosting';
import { temporaryFolder } from '@bellwether/testkit';
import { pythonEnvironment } from '@bellwether/testkit/sagemaker';
import { beforeAll, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);
const pathOf = (name: string): string => fileURLToPath(new URL(`./xgboost/${name}`, import.meta.url));

const columns = 4;
const rows = 1000;
const values = Float32Array.from({ length: rows * columns }, (_, i) =>
  i % 11 === 0 ? Number.NaN : Math.sin(i * 12.9898) * 43_758 - Math.floor(Math.sin(i * 12.9898) * 43_758),
);
const y = Float64Array.from({ length: rows }, (_, row) => {
  const [a = 0, b = 0, c = 0] = values.subarray(row * columns, row * columns + 3).map((value) => value || 0);
  return Math.sin(6 * a) + b * c;
});
const third = (value: number): number => Math.min(2, Math.max(0, Math.floor((value + 1) * 1.2)));

const forest = {
  num_round: 1,
  num_parallel_tree: 8,
  sampling_method: 'poisson',
  eta: 1,
  lambda: 0,
  max_depth: 12,
} as const;

interface Case {
  readonly name: string;
  readonly parameters: Partial<Parameters>;
  readonly target: (value: number) => number;
  /** one base score for all outputs, which XGBoost before 3.1 reads too */
  readonly isOld: boolean;
}

const same = (value: number): number => value;
const cases: readonly Case[] = [
  { name: 'squared error', parameters: {}, target: same, isOld: true },
  { name: 'absolute error', parameters: { objective: 'reg:absoluteerror' }, target: same, isOld: true },
  { name: 'squared log error', parameters: { objective: 'reg:squaredlogerror' }, target: Math.abs, isOld: true },
  { name: 'logistic', parameters: { objective: 'binary:logistic' }, target: (v) => Number(v > 0.5), isOld: true },
  { name: 'classes', parameters: { objective: 'multi:softprob', num_class: 3 }, target: third, isOld: true },
  {
    name: 'Poisson',
    parameters: { objective: 'count:poisson' },
    target: (v) => Math.round(3 * Math.abs(v)),
    isOld: true,
  },
  { name: 'Tweedie', parameters: { objective: 'reg:tweedie' }, target: Math.abs, isOld: true },
  {
    name: 'quantiles',
    parameters: { objective: 'reg:quantileerror', quantile_alpha: [0.1, 0.9] },
    target: same,
    isOld: false,
  },
  { name: 'a forest', parameters: forest, target: same, isOld: true },
  { name: 'a forest of classes', parameters: { ...forest, num_class: 3 }, target: third, isOld: true },
];

describe.each([
  ['3.2', 'requirements.txt', cases],
  ['3.0', 'requirements-3.0.txt', cases.filter(({ isOld }) => isOld)],
] as const)('Python’s xgboost %s predicts with our models what we predict, within 1e-5', (_version, pins, taken) => {
  let python = '';
  // the first run installs it
  beforeAll(async () => {
    python = await pythonEnvironment(pathOf(pins));
  }, 600_000);

  test.each([...taken])('$name', async ({ parameters, target }) => {
    using folder = temporaryFolder();
    const x = { values, rows, columns };
    const booster = await trainBooster({ x, y: y.map(target), parameters: { num_round: 10, ...parameters } });
    const ours = createPredictor(booster).predictRows(x);
    writeFileSync(join(folder.path, 'x'), values);
    for (const [format, ending] of [
      ['json', 'json'],
      ['ubjson', 'ubj'],
    ] as [ModelFormat, string][]) {
      const model = join(folder.path, `model.${ending}`);
      writeFileSync(model, writeModel(booster, format));
      const task = JSON.stringify({ model, x: join(folder.path, 'x'), columns });
      const { stdout } = await run(python, [pathOf('predict.py'), task], { maxBuffer: 2 ** 26 });
      const theirs = JSON.parse(stdout) as number[];
      expect(theirs).toHaveLength(ours.length);
      expect(theirs.every((value, i) => Math.abs(value - (ours[i] as number)) <= 1e-5)).toBe(true);
    }
  });
});
