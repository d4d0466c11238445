import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRows, sampleOrdersCsv } from '@bellwether/datasets';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';
import { flowersCsv, irisFile } from '../testing/sample-files.ts';
import { nameOf } from './train.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

const dataDir = () => ['--data-dir', join(folder.path, 'data')];

function fileOf(name: string, content: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

test('a file becomes a leaderboard: the champion with its star, its reason, and how to predict with it', async () => {
  const { code, out, err } = await runCaptured(['train', irisFile, '--seed', '7', ...dataDir()]);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('iris.npy: 150 rows, 5 columns') });
  expect(err).toMatch(/linear: succeeded, score 0\.\d+/);
  expect(out).toContain('iris predicts column_5 by classification: the target has 3 distinct whole numbers.');
  expect(out).toMatch(/^★ +\d +\w+ +0\.9\d* +0\.9/m);
  expect(out).toMatch(/Version \d is champion: \w+ has the best accuracy on validation/);
  expect(out).toContain("bellwether predict iris --row '[5.1,3.5,1.4,0.2]'");
});

test('--json gives the dataset, the job and its versions by the metric that was asked for', async () => {
  const file = fileOf('flowers.csv', flowersCsv());
  const options = ['--model', 'flowers', '--algorithms', 'linear,baseline', '--metric', 'logLoss', '--json'];
  const { code, out, err } = await runCaptured(['train', file, ...options, ...dataDir()]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { dataset, job, versions, sortedBy } = JSON.parse(out);
  expect(dataset).toMatchObject({ name: 'flowers', status: 'ready', rows: 60 });
  expect(job).toMatchObject({ status: 'succeeded', result: { metric: 'logLoss', task: 'classification' } });
  expect(sortedBy).toBe('logLoss');
  expect(versions.map(({ algorithm }: { algorithm: string }) => algorithm)).toEqual(['linear', 'baseline']);
});

test('attempts per algorithm; rows, models, champion and a log that ties them go where they were asked to', async () => {
  const file = fileOf('noisy.csv', flowersCsv(90));
  const place = (name: string) => join(folder.path, 'out', name);
  const destinations = ['data', 'model', 'champion', 'log'].flatMap((name) => [`--${name}-dest`, place(name)]);
  const options = ['--model', 'noisy', '--algorithms', 'baseline,neural', '--trials', '3', '--folds', '2', '--json'];
  const { code, out, err } = await runCaptured(['train', file, ...options, ...destinations, ...dataDir()]);

  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { dataset, job, versions } = JSON.parse(out);
  expect(job.result.trials.failed).toBe(0);
  expect(versions.filter(({ algorithm }: { algorithm: string }) => algorithm === 'neural').length).toBeGreaterThan(1);
  const log = readFileSync(join(place('log'), `noisy-${job.id}.jsonl`), 'utf8');
  const [data, ...records] = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ids = { jobId: job.id, datasetId: dataset.id, model: 'noisy' };
  expect(data).toMatchObject({ record: 'data', ...ids, train: { rows: expect.any(Number) } });
  expect(data.train.rows + data.test.rows).toBe(90);
  expect(await readRows(data.train.place, { offset: 0, limit: 100 })).toHaveLength(data.train.rows);
  expect(await readRows(data.test.place, { offset: 0, limit: 100 })).toHaveLength(data.test.rows);
  const models = records.filter(({ record }) => record === 'model');
  expect(models).toHaveLength(versions.length);
  for (const model of models) {
    expect(model).toMatchObject({
      ...ids,
      trialId: expect.any(String),
      metrics: expect.anything(),
      seed: expect.any(Number),
    });
    expect(model.artifact).toBe(join(place('model'), 'noisy', String(model.version), 'model.tar.gz'));
    expect(statSync(model.artifact).size).toBe(model.artifactBytes);
  }
  const champions = models.filter(({ champion }) => champion);
  const copied = join(place('champion'), 'noisy', 'model.tar.gz');
  expect(champions).toHaveLength(1);
  expect(records.at(-1)).toMatchObject({
    record: 'job',
    ...ids,
    champion: { version: champions[0].version, artifact: copied },
  });
  expect(readFileSync(copied)).toEqual(readFileSync(champions[0].artifact));
});

test('a place that cannot be written to is refused before anything is uploaded', async () => {
  const file = fileOf('taken.csv', flowersCsv());
  const refused = await runCaptured(['train', file, '--model-dest', join(file, 'x'), ...dataDir()]);
  const unknown = await runCaptured(['train', file, '--model-dest', 'gs://bucket/x', ...dataDir()]);

  expect([refused.code, unknown.code]).toEqual([1, 1]);
  expect(refused.err).toContain('(destination-refused)');
  expect(unknown.err).toContain('neither a folder nor s3://bucket/prefix');
});

test('a target that is missing is refused with the columns, and the dataset can be trained on without the file', async () => {
  const file = fileOf('typo.csv', flowersCsv());
  const refused = await runCaptured(['train', file, '--target', 'knd', ...dataDir()]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('The columns are: length, side, kind. (target-missing)');
  expect(refused.err).toContain('field: target');
  const [, id = ''] = /--dataset (ds_\w+)/.exec(refused.err) ?? [];
  const trained = await runCaptured(['train', '--dataset', id, '--target', 'kind', '--json', ...dataDir()]);
  expect(JSON.parse(trained.out).job).toMatchObject({ model: 'typo', status: 'succeeded', datasetId: id });
});

test('a table that is refused is refused with each column and row', async () => {
  const file = fileOf('ragged.csv', 'a,b\n1,2\n3,4,5\n6,7\n8\n');
  const { code, err } = await runCaptured(['train', file, ...dataDir()]);
  expect(code).toBe(1);
  expect(err).toContain('(dataset-rejected)');
  expect(err).toMatch(/error at row 3: Line 3 has 3 values/);
  expect(err).toMatch(/error at row 5, column b: Line 5 has 1 value/);
});

test.each([
  ['no file', () => join(folder.path, 'nothing.csv'), 'There is no file'],
  ['an empty file', () => fileOf('empty.csv', ''), 'is empty'],
  ['a folder', () => folder.path, 'is no file'],
])('%s is refused before anything is announced', async (_what, path, says) => {
  const { code, err } = await runCaptured(['train', path(), ...dataDir()]);
  expect(code).toBe(1);
  expect(err).toContain(says);
});

test.each([
  [['train'], 'either a file or --dataset'],
  [['train', irisFile, '--algorithms', 'forest'], 'forest is none of baseline, linear'],
  [['train', irisFile, '--metric', 'speed'], 'Allowed choices are rmse'],
  [['train', irisFile, '--seed', '-1'], 'Give a whole number'],
  [['train', irisFile, '--url', 'ftp://x'], 'no address of a server'],
])('%j is wrong usage', async (args, says) => {
  const { code, err } = await runCaptured(args);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test('Ctrl-C cancels the job, and leaves none behind', async () => {
  const file = fileOf('orders.csv', sampleOrdersCsv(12_000, 1));
  const { code, err } = await runCaptured(['train', file, '--algorithms', 'svm', ...dataDir()], {
    env: { TERM: 'xterm' },
    isTTY: true,
    onWrite: (text, terminal) => {
      if (text.includes('training orders')) terminal.stop('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(err).toMatch(/Job job_\w+ cancelled\./);
  const { out } = await runCaptured(['jobs', '--status', 'cancelled', '--json', ...dataDir()]);
  expect(JSON.parse(out).jobs).toMatchObject([{ model: 'orders', error: { code: 'cancelled' } }]);
});

test('Ctrl-C during the upload leaves no dataset behind', async () => {
  const file = fileOf('stopped.csv', flowersCsv(20_000));
  const { code } = await runCaptured(['train', file, ...dataDir()], {
    env: { TERM: 'xterm' },
    isTTY: true,
    onWrite: (text, terminal) => {
      if (/[1-9] % uploading/.test(text)) terminal.stop('SIGTERM');
    },
  });
  expect(code).toBe(143);
  const { out } = await runCaptured(['datasets', '--json', ...dataDir()]);
  const names = JSON.parse(out).datasets.map(({ name }: { name: string }) => name);
  expect(names).toContain('orders');
  expect(names).not.toContain('stopped');
});

test.each([
  ['/tmp/2024 sales (1).csv', '2024 sales _1_'],
  ['.hidden.csv', '_hidden'],
  ['größe.parquet', 'gr__e'],
])('the model of %s is named %s', (file, name) => {
  expect(nameOf(file)).toBe(name);
});

test('a backend that the server lacks is refused before anything is trained, and says what to set', async () => {
  const file = fileOf('elsewhere.csv', flowersCsv());

  const { code, err } = await runCaptured(['train', file, '--backend', 'sagemaker', ...dataDir()]);

  expect(code).not.toBe(0);
  expect(err).toMatch(/SageMaker cannot be used without SAGEMAKER_ROLE_ARN/);
  expect(err).toContain('The dataset stays');
});
