import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';
import { flowersCsv } from '../testing/sample-files.ts';

let folder: TemporaryFolder;
let dataset: string;
let predictions: string;
beforeAll(async () => {
  folder = temporaryFolder();
  const file = join(folder.path, 'flowers.csv');
  writeFileSync(file, flowersCsv());
  const trained = await bellwether('train', file, '--algorithms', 'linear');
  expect(trained.code).toBe(0);
  dataset = (await asJson('datasets')).datasets[0].id;
  const predicted = await bellwether('predict', 'flowers', '--dataset', dataset, '--name', 'foretold');
  expect(predicted.code).toBe(0);
  expect(predicted.err).toMatch(/60 rows predicted by flowers version \d, in: prediction, probability_lily, /);
  predictions = predicted.out.trim();
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);
const asJson = async (...args: string[]) => JSON.parse((await bellwether(...args, '--json')).out);

test('a dataset’s predictions are a dataset of their own', async () => {
  const { datasets } = await asJson('datasets');
  expect(datasets[0]).toMatchObject({ id: predictions, name: 'foretold', parents: [dataset], rows: 60 });
  expect(await asJson('predict', 'flowers', '--dataset', dataset)).toMatchObject({
    kind: 'batch-prediction',
    status: 'succeeded',
    result: { rows: 60, predictionColumn: 'prediction' },
  });
});

test('they are scored against their own target, or against another dataset', async () => {
  const own = await bellwether('evaluate', predictions);
  expect(own).toMatchObject({ code: 0, out: expect.stringMatching(/^accuracy +1$/m) });
  expect(own.err).toMatch(/classification of flowers version \d: prediction against kind, 60 rows tied in order/);
  const other = await asJson('evaluate', predictions, dataset, '--column', 'side');
  expect(other).toMatchObject({ actualsId: dataset, column: 'side', metrics: { accuracy: 0 } });
});

test('what cannot be scored is refused with its field', async () => {
  const { code, err } = await bellwether('evaluate', predictions, '--prediction-column', 'predicton');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/\(column-missing\)\n +field: predictionColumn/),
  });
});

test('the rows most like another are found by name and number', async () => {
  const args = ['similar', dataset, '--by', 'side', '--near', 'length', '--value', 'side=north', '--count', '2'];
  const { code, out, err } = await bellwether(...args, '--value', 'length=7.1');
  expect(code).toBe(0);
  expect(out).toMatch(/^row +distance +length +side +kind$/m);
  expect(out).toMatch(/ 7\.1 +north +lily/);
  expect(err).toBe('20 rows alike\n');
  expect(await asJson(...args, '--value', 'length=7.1')).toMatchObject({ matching: 20 });
  expect(await bellwether(...args)).toMatchObject({ code: 1, err: expect.stringContaining('(value-missing)') });
  expect((await bellwether(...args, '--value', 'length')).code).toBe(2);
});

test.each(['predict', 'evaluate', 'similar'])('the help of %s has an example', async (command) => {
  const { code, out } = await runCaptured([command, '--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/Examples?:\n {2}bellwether /);
});
