import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { loadModel } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import protobuf from 'protobufjs/light.js';
import { differenceOf, type OnnxAnswers } from '../test/onnx-oracle.ts';
import { fitShop } from '../test/shop.ts';
import { writeOnnx } from './write-onnx.ts';

const fixtures = new URL('../test/fixtures/', import.meta.url);
const names = readdirSync(fixtures).flatMap((file) => /^(.+)\.tar\.gz$/.exec(file)?.[1] ?? []);
type Recorded = Readonly<Record<string, { sha256: string; answers: OnnxAnswers[string] }>>;
const recorded: Recorded = JSON.parse(readFileSync(new URL('onnxruntime.json', fixtures), 'utf8'));
const modelOf = (name: string) => loadModel(readFileSync(new URL(`${name}.tar.gz`, fixtures)));

test('models of all algorithms and tasks are recorded', () => {
  expect(names).toHaveLength(22);
  expect(Object.keys(recorded).sort()).toEqual([...names].sort());
});

test.each(names)('onnxruntime predicts as %s does here, and the file is the one that it read', async (name) => {
  const model = await modelOf(name);

  const { bytes } = writeOnnx(model);

  expect(hash('sha256', bytes, 'hex')).toBe(recorded[name]?.sha256);
  const { numbers, labels } = differenceOf(model, recorded[name]?.answers ?? { predict: [] });
  expect(labels).toBe(0);
  expect(numbers).toBeLessThan(1e-5);
});

test('a model that predicts something else would be seen', async () => {
  const { numbers } = differenceOf(
    await modelOf('linear-price'),
    recorded['baseline-price']?.answers ?? { predict: [] },
  );
  expect(numbers).toBeGreaterThan(0.1);
});

test('inputs and outputs are named, with their types and shapes', async () => {
  const { inputs, outputs } = writeOnnx(await modelOf('xgboost-grade'));

  expect(inputs).toEqual([{ name: 'features', type: 'float', shape: ['rows', 5] }]);
  expect(outputs).toEqual([
    { name: 'predict', type: 'string', shape: ['rows', 1] },
    { name: 'probabilities', type: 'float', shape: ['rows', 3] },
  ]);
});

test('the file says how its features are called', async () => {
  const { bytes } = writeOnnx(await modelOf('linear-grade'));
  const reader = protobuf.Reader.create(bytes);
  const metadata = new Map<string, string>();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 !== 14) {
      reader.skipType(tag & 7);
      continue;
    }
    const entry = protobuf.Reader.create(reader.bytes());
    entry.uint32();
    const key = entry.string();
    entry.uint32();
    metadata.set(key, entry.string());
  }

  expect(JSON.parse(metadata.get('feature_names') ?? '')).toEqual([
    'carat',
    'carat is missing',
    'cut = Fair',
    'cut = Good',
    'cut = Ideal',
    'gift',
  ]);
  expect(JSON.parse(metadata.get('labels') ?? '')).toEqual(['high', 'low', 'medium']);
});

test.each(['svm', 'neural'])('%s has no form in ONNX, and says so', async (algorithm) => {
  const model = await fitShop(algorithm, 'price');
  expect(() => writeOnnx(model)).toThrow(expect.objectContaining({ status: 422, code: 'onnx-unsupported' }));
});
