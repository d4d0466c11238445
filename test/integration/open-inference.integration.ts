import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { clientOf } from '../platform/client.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { planeCsv } from '../platform/tables.ts';
import { jsonOfPython, pythonWith } from './python-environment.ts';

const script = fileURLToPath(new URL('open-inference-client.py', import.meta.url));
const requirements = ['tritonclient[http]==2.73.0', 'numpy==2.4.6'];

interface Answers {
  readonly plane: readonly (readonly number[])[];
  readonly compressed: readonly (readonly number[])[];
  readonly shapes: readonly { id: string; predict: string[]; probabilities: number[][] }[];
  readonly unasked: readonly number[];
  readonly model: { inputs: unknown[]; outputs: unknown[] };
}

/** Big ones are `blué`, small ones `red`, and half of each are old. */
const shapesCsv = ['size,colour,old,kind']
  .concat(
    Array.from({ length: 80 }, (_, row) => {
      const isBig = row % 2 === 0;
      return `${(isBig ? 8 : 1) + (row % 10) / 10},${isBig ? 'blué' : 'red'},${row % 4 < 2},${isBig ? 'gros' : 'petit'}`;
    }),
    '',
  )
  .join('\n');

test('Triton’s client gets the predictions of /v1, in JSON and in binary, of every datatype', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const plane = await user.upload('plane', planeCsv(200), { roles: { target: 'z' } });
  const shapes = await user.upload('shapes', shapesCsv, { roles: { target: 'kind' } });
  await user.train('plane', { datasetId: plane.id, candidates: [{ algorithm: 'linear' }] });
  await user.train('shapes', { datasetId: shapes.id, candidates: [{ algorithm: 'xgboost' }] });
  const predicted = async (model: string, instances: unknown[]) =>
    (
      await user.call<{ predictions: unknown[]; probabilities: number[][] }>(
        'POST',
        `/v1/models/${model}/predictions`,
        { instances },
      )
    ).body;
  const onPlane = await predicted('plane', [
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  const onShapes = await predicted('shapes', [
    [1, 'red', true],
    [9, 'blué', false],
    [null, 'blué', false],
  ]);

  const python = await pythonWith(requirements);
  const answers = (await jsonOfPython(python, [script, new URL(started.url).host, 'u1'])) as Answers;

  expect(answers).toMatchObject({
    live: true,
    ready: true,
    'model ready': true,
    'version ready': true,
    'unknown ready': false,
    server: { name: 'bellwether', extensions: ['binary_tensor_data'] },
    model: {
      name: 'shapes',
      inputs: [
        { name: 'size', datatype: 'FP64', shape: [-1] },
        { name: 'colour', datatype: 'BYTES', shape: [-1] },
        { name: 'old', datatype: 'BOOL', shape: [-1] },
      ],
      outputs: [
        { name: 'predict', datatype: 'BYTES', shape: [-1] },
        { name: 'probabilities', datatype: 'FP64', shape: [-1, 2] },
      ],
    },
    refused: ['400', expect.stringContaining('no input "z"')],
  });
  // ten datatypes in both forms and FP16 in binary, each as columns and as rows, answered in both forms
  expect(answers.plane).toEqual(new Array(84).fill(onPlane.predictions));
  expect(answers.compressed).toEqual([onPlane.predictions, onPlane.predictions]);
  expect(answers.unasked).toEqual([onPlane.predictions[0]]);
  expect(answers.shapes).toHaveLength(4);
  for (const { id, predict, probabilities } of answers.shapes) {
    expect(id).toBe('r-1');
    expect(predict).toEqual(onShapes.predictions);
    expect(probabilities).toEqual(onShapes.probabilities);
  }
}, 180_000);
