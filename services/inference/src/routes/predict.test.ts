import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { inferenceCase, keyOf } from '../../test/inference-case.ts';
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
