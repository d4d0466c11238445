import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadModel, type Model } from '@bellwether/learning';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { differenceOf, type OnnxAnswers, writeForOracle } from '../../packages/onnx/test/onnx-oracle.ts';
import { jsonOfPython, pythonWith } from './python-environment.ts';

const fixtures = new URL('../../packages/onnx/test/fixtures/', import.meta.url);
const script = fileURLToPath(new URL('../../packages/onnx/scripts/predict-onnx.py', import.meta.url));
const requirements = ['onnxruntime==1.31.1', 'numpy==2.4.6'];

test('onnxruntime predicts by our ONNX files as we do', async () => {
  using folder = temporaryFolder();
  const models = new Map<string, Model>();
  for (const file of await readdir(fixtures)) {
    const name = /^(.+)\.tar\.gz$/.exec(file)?.[1];
    if (name !== undefined) models.set(name, await loadModel(await readFile(new URL(file, fixtures))));
  }
  await writeForOracle(folder.path, models);

  const answers = (await jsonOfPython(await pythonWith(requirements), [script, folder.path])) as OnnxAnswers;

  expect(models.size).toBeGreaterThan(20);
  for (const [name, model] of models) {
    const difference = differenceOf(model, answers[name] ?? { predict: [] });
    expect({ name, ...difference }).toEqual({ name, numbers: expect.any(Number), labels: 0 });
    expect(difference.numbers).toBeLessThan(1e-5);
  }
}, 180_000);
