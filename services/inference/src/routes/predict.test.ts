import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { artifactOf, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { predict, predictShort } from './predict.ts';

type Predict = Parameters<typeof predict>[0];
type PredictShort = Parameters<typeof predictShort>[0];

test('an answer says which version gave it', async () => {
  await using inference = await inferenceCase();
  const request = requested<Predict>({ params: { name: 'm' }, body: { instances: [[1, 2], { x: 1, y: null }] } });

  expect(await predict(request, inference.deps)).toEqual({
    body: { model: 'm', version: 1, task: 'regression', predictions: [10, 10] },
  });
});

test('what each input contributed is said when asked for', async () => {
  await using inference = await inferenceCase();
  await inference.store.put(keyOf(2), await artifactOf(20, 'linear'));
  const body = { instances: [[9, 0]], version: 2, explain: true };

  const answer = (await predict(requested<Predict>({ params: { name: 'm' }, body }), inference.deps)) as {
    body: { predictions: number[]; explanations: { baseValue: number; contributions: Record<string, number> }[] };
  };

  const [explanation] = answer.body.explanations;
  expect(answer.body.predictions[0]).toBeCloseTo(29, 9);
  expect(explanation?.baseValue).toBeCloseTo(20 + 4.5 + 0.9, 9);
  expect(explanation?.contributions.x).toBeCloseTo(4.5, 9);
  expect(explanation?.contributions.y).toBeCloseTo(-0.9, 9);
});

test('a version that cannot explain itself says so', async () => {
  await using inference = await inferenceCase();
  const request = requested<Predict>({ params: { name: 'm' }, body: { instances: [[1, 2]], explain: true } });

  await expect(predict(request, inference.deps)).rejects.toMatchObject({
    status: 422,
    code: 'explanation-unsupported',
    options: { field: 'explain' },
  });
});

const withInterval = (interval: number, version: number) =>
  requested<Predict>({ params: { name: 'm' }, body: { instances: [[9, 0]], version, interval } });

test('where a value lies is said when asked for', async () => {
  await using inference = await inferenceCase();
  await inference.store.put(keyOf(2), await artifactOf(20, 'linear'));

  const { body } = (await predict(withInterval(0.8, 2), inference.deps)) as {
    body: { intervals: { lower: number; upper: number; coverage: number }[] };
  };

  const [interval] = body.intervals;
  expect(interval?.coverage).toBe(0.8);
  expect(interval?.lower).toBeCloseTo(27, 9);
  expect(interval?.upper).toBeCloseTo(31, 9);
});

test.each([
  ['a model of before', 0.8, 1, 'interval-unsupported'],
  ['a coverage that too few rows were held out for', 0.95, 2, 'coverage-unavailable'],
])('%s says so', async (_, interval, version, code) => {
  await using inference = await inferenceCase();
  await inference.store.put(keyOf(2), await artifactOf(20, 'linear'));

  await expect(predict(withInterval(interval, version), inference.deps)).rejects.toMatchObject({
    status: 422,
    code,
    options: { field: 'interval' },
  });
});

const short = (array: unknown[]) => requested<PredictShort>({ body: { userID: 't1', array } });
const defaultModel = {
  models: [{ name: 'default', champion_version: 1 }],
  versions: [{ model: 'default', version: 1, artifact_key: keyOf(1) }],
};

test('the short route predicts one row by the model `default`', async () => {
  await using inference = await inferenceCase(defaultModel);

  expect(await predictShort(short([1, 2]), inference.deps)).toEqual({
    body: { prediction: 10, model: 'default', version: 1 },
  });
});

test.each([
  ['wrong number of values', [1, 2, 3], { code: 'wrong-number-of-values', options: { field: 'array' } }],
  ['value that is no number', [1, 'two'], { code: 'value-refused', options: { field: 'array[1]' } }],
])('the short route names the field as its caller sent it: a %s', async (_, array, expected) => {
  await using inference = await inferenceCase(defaultModel);

  await expect(predictShort(short(array), inference.deps)).rejects.toMatchObject(expected);
});

test('before anything is trained the short route says what to do', async () => {
  await using inference = await inferenceCase();

  await expect(predictShort(short([1, 2]), inference.deps)).rejects.toMatchObject({
    status: 409,
    code: 'model-not-trained',
  });
});

test('the short route waits while the first champion is trained', async () => {
  await using inference = await inferenceCase({
    models: [{ name: 'default', champion_version: null }],
    versions: [{ model: 'default', version: 1, artifact_key: keyOf(1) }],
    jobs: [{ model: 'default', status: 'running' }],
  });

  const answer = predictShort(short([1, 2]), inference.deps);
  await inference.database.transact(async (tx) => {
    await tx.updateTable('jobs').set({ status: 'succeeded' }).execute();
    await tx.updateTable('models').set({ champion_version: 1, revision: 1 }).execute();
  });

  expect(await answer).toMatchObject({ body: { prediction: 10, version: 1 } });
});

test('the short route waits for no training that failed', async () => {
  await using inference = await inferenceCase({
    models: [{ name: 'default', champion_version: null }],
    jobs: [{ model: 'default', status: 'failed' }],
  });

  await expect(predictShort(short([1, 2]), inference.deps)).rejects.toMatchObject({ code: 'model-not-trained' });
});
