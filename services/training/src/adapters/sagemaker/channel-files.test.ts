import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from '@bellwether/contracts';
import { designModel } from '@bellwether/learning';
import { archiveOfModel } from '@bellwether/sagemaker';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { learnedModel, writeChannels } from './channel-files.ts';

const rows = 12;
const frame: Frame = {
  rows,
  columns: [
    {
      name: 'x',
      type: 'numeric',
      values: Float64Array.from({ length: rows }, (_, row) => (row % 4 ? row : Number.NaN)),
    },
    { name: 'c', type: 'numeric', values: Float64Array.from({ length: rows }, (_, row) => row % 2) },
    { name: 'y', type: 'numeric', values: Float64Array.from({ length: rows }, (_, row) => row) },
    {
      name: 'k',
      type: 'categorical',
      levels: ['no', 'yes', 'late'],
      codes: Int32Array.from({ length: rows }, (_, row) => (row === 11 ? 2 : row % 2)),
    },
  ],
};
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, index) => from + index);
const fold = { training: range(0, 9), holdout: range(9, rows) };
const inputs = [
  { name: 'x', kind: 'numeric' as const, nullable: true },
  { name: 'c', kind: 'numeric' as const, nullable: false },
];

function designOf(target: 'y' | 'k', logTarget = false) {
  return designModel({
    frame,
    inputs,
    target: { name: target, kind: target === 'y' ? 'numeric' : 'categorical', nullable: false },
    task: target === 'y' ? 'regression' : 'classification',
    algorithm: 'xgboost',
    hyperparameters: { num_round: 3 },
    training: fold.training,
    seed: 1,
    logTarget,
  });
}

const filesIn = (path: string) => ({
  train: join(path, 'train.csv'),
  validation: join(path, 'validation.csv'),
  prepared: join(path, 'prepared.json'),
});
const linesOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n');

test('both channels hold the rows as the fitted preprocessing encodes them, with the target as it is learned', () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);

  writeChannels(designOf('y', true), frame, fold, files);

  const label = (row: number) => String(Math.fround(Math.log1p(row)));
  expect(linesOf(files.train).slice(0, 3)).toEqual([`${label(0)},nan,0`, `${label(1)},1,1`, `${label(2)},2,0`]);
  expect(linesOf(files.train)).toHaveLength(9);
  expect(linesOf(files.validation)).toEqual([`${label(9)},9,1`, `${label(10)},10,0`, `${label(11)},11,1`]);
});

test('rows of a class that no training row has are left out of the validation: SageMaker takes no such label', () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);

  writeChannels(designOf('k'), frame, fold, files);

  expect(linesOf(files.validation).map((line) => line.split(',')[0])).toEqual(['1', '0']);
  expect(JSON.parse(readFileSync(files.prepared, 'utf8'))).toMatchObject({
    validationRows: 2,
    order: { num_round: '3', objective: 'binary:logistic' },
    manifest: { target: { labels: ['no', 'yes'] }, trainedRows: 9 },
  });
});

test('without a fold there is one channel', () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);

  writeChannels(designOf('y'), frame, undefined, files);

  expect(JSON.parse(readFileSync(files.prepared, 'utf8')).validationRows).toBe(0);
  expect(() => readFileSync(files.validation)).toThrow('ENOENT');
});

test('what was learned comes back under the manifest that was prepared for it', async () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);
  const design = designOf('y');
  writeChannels(design, frame, fold, files);
  const model = join(folder.path, 'model.tar.gz');
  writeFileSync(model, await archiveOfModel(Uint8Array.of(123, 1)));

  const learned = await learnedModel({ prepared: files.prepared, model });

  expect(learned.manifest).toEqual(JSON.parse(JSON.stringify(design.manifest)));
  expect([...(learned.parameters.arrays['xgboost-model'] ?? [])]).toEqual([123, 1]);
});
