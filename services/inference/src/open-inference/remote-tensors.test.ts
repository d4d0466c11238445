import { expect, test } from '@jest/globals';
import { artifactOf, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { remotePrediction, remoteTensors } from './remote-tensors.ts';

async function linearOne() {
  const inference = await inferenceCase();
  await inference.store.put(keyOf(1), await artifactOf(20, 'linear'));
  return inference;
}

const input = (name: string, datatype = 'FP64', shape = [-1, 1]) => ({ name, datatype, shape });

test('one input as wide as the design matrix gets the encoded row', async () => {
  await using inference = await linearOne();
  const loaded = await inference.deps.models.get('t1', 'm');

  const [tensor] = remoteTensors([input('features', 'FP64', [-1, 2])], { x: 4.5, y: 2 }, loaded);

  // x is the mean of its column; y, of 0, 1 and 2, is 1.1 above its mean of 0.9
  expect(tensor).toMatchObject({ name: 'features', datatype: 'FP64', shape: [1, 2] });
  expect(tensor?.data).toEqual([expect.closeTo(0, 9), expect.closeTo(1.1 / Math.sqrt(0.69), 9)]);
});

test('a server with a tensor a column gets the columns, in its datatypes', async () => {
  await using inference = await linearOne();
  const loaded = await inference.deps.models.get('t1', 'm');

  expect(remoteTensors([input('y', 'BYTES', [-1]), input('x')], { x: 4.5, y: 2 }, loaded)).toEqual([
    { name: 'y', datatype: 'BYTES', shape: [1], data: ['2'] },
    { name: 'x', datatype: 'FP64', shape: [1, 1], data: [4.5] },
  ]);
});

test.each([
  ['a column that ours does not have', [input('z')], { x: 1, y: 1 }, '"z"'],
  ['a value that is missing', [input('x')], { x: null, y: 1 }, '"x" is missing'],
])('%s is a failure that names it', async (_, inputs, features, says) => {
  await using inference = await linearOne();
  const loaded = await inference.deps.models.get('t1', 'm');
  expect(() => remoteTensors(inputs, features, loaded)).toThrow(
    expect.objectContaining({ status: 502, message: expect.stringContaining(says) }),
  );
});

const output = (name: string, data: unknown[]) => ({ name, datatype: 'FP32' as const, shape: [1, 1], data });

test('the prediction is the first element of `predict`, else of the first output', () => {
  expect(remotePrediction([output('probabilities', [0.1]), output('predict', [[7]])], 'regression')).toBe(7);
  expect(remotePrediction([output('variable', [8])], 'regression')).toBe(8);
  expect(remotePrediction([output('label', ['high'])], 'classification')).toBe('high');
});

test.each([[[output('predict', [])]], [[output('predict', ['7'])]], [[]]])(
  'an answer without a number is a failure of a regression',
  (outputs) => {
    expect(() => remotePrediction(outputs, 'regression')).toThrow(expect.objectContaining({ code: 'remote-failed' }));
  },
);
