import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { allRows } from '../../test/oracle.ts';
import { fitShop, shop, shopInstances } from '../../test/tables.ts';
import { createPredictor, loadModel, type Model, predictRows, saveModel } from '../index.ts';
import { type Files, readTarball, writeTarball } from './tarball.ts';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** The artifact of a model with some of its files replaced, added, or (undefined) dropped. */
const tampered = async (model: Model, changes: Readonly<Record<string, Uint8Array | undefined>>) => {
  const files = new Map(await readTarball(await saveModel(model), 1e9));
  for (const [name, content] of Object.entries(changes)) {
    if (content === undefined) files.delete(name);
    else files.set(name, content);
  }
  return writeTarball(files as Files);
};

const invalid = (detail: RegExp) =>
  expect.objectContaining({ status: 422, code: 'model-invalid', message: expect.stringMatching(detail) });

test.each(
  ['baseline', 'linear', 'svm', 'neural', 'xgboost', 'random-forest'].flatMap((algorithm) =>
    ['price', 'sold', 'grade'].map((target) => [algorithm, target]),
  ),
)('a loaded model equals the saved one and predicts the same bits: %s of %s', async (algorithm, target) => {
  const model = await fitShop(target as string, { algorithm: algorithm as string });
  const loaded = await loadModel(await saveModel(model));
  expect(loaded.manifest).toEqual(model.manifest);
  expect(predictRows(loaded, shop, allRows(shop))).toEqual(predictRows(model, shop, allRows(shop)));
  expect(createPredictor(loaded).predict(shopInstances)).toEqual(createPredictor(model).predict(shopInstances));
});

test('the same options and seed give the same bytes', async () => {
  for (const algorithm of ['baseline', 'linear', 'svm', 'neural', 'xgboost', 'random-forest']) {
    const [one, two] = await Promise.all([0, 1].map(async () => saveModel(await fitShop('grade', { algorithm }))));
    expect(Buffer.compare(one as Uint8Array, two as Uint8Array)).toBe(0);
  }
});

test('an artifact is a gzipped tar of a readable manifest and flat arrays, with no time in it', async () => {
  const artifact = await saveModel(await fitShop('price'));
  expect([...artifact.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, expect.any(Number), 255]);
  const files = await readTarball(artifact, 1e9);
  expect([...files.keys()]).toEqual(['manifest.json', 'parameters.json', 'weights.f64', 'means.f64']);
  expect(JSON.parse(text(files.get('manifest.json')))).toMatchObject({ format: 'bellwether-model', formatVersion: 1 });
  expect(files.get('weights.f64')?.byteLength).toBe((files.get('weights.f64')?.byteLength ?? 1) & ~7);
});

test('an artifact that grows too large is refused while it is decompressed', async () => {
  const bomb = gzipSync(new Uint8Array(20_000_000));
  expect(bomb.byteLength).toBeLessThan(30_000);
  await expect(loadModel(bomb, { maxBytes: 1_000_000 })).rejects.toThrow(invalid(/larger than 1000000 bytes/));
});

test.each<[string, Uint8Array, RegExp]>([
  ['no bytes', new Uint8Array(), /cannot be used/],
  ['text', new TextEncoder().encode('hello'), /incorrect header/],
  ['gzipped text', gzipSync('hello '.repeat(200)), /cannot be used/],
])('what is no archive is refused: %s', async (_name, artifact, detail) => {
  await expect(loadModel(artifact)).rejects.toThrow(invalid(detail));
});

test('a truncated artifact is refused', async () => {
  const artifact = await saveModel(await fitShop('price'));
  await expect(loadModel(artifact.subarray(0, artifact.length - 20))).rejects.toThrow(invalid(/./));
  const tar = gunzipSync(artifact);
  await expect(loadModel(gzipSync(tar.subarray(0, 700)))).rejects.toThrow(invalid(/./));
});

const manifestWith = (change: (manifest: Record<string, unknown>) => unknown) => (model: Model) => ({
  'manifest.json': bytes(change(structuredClone(model.manifest) as unknown as Record<string, unknown>)),
});

test.each<[string, (model: Model) => Record<string, Uint8Array | undefined>, RegExp]>([
  ['no manifest', () => ({ 'manifest.json': undefined }), /manifest.json is missing/],
  ['a broken manifest', () => ({ 'manifest.json': new Uint8Array([123, 255]) }), /no JSON/],
  ['null as manifest', manifestWith(() => null), /manifest.json/],
  ['a later format', manifestWith((manifest) => ({ ...manifest, formatVersion: 2 })), /format version is 2/],
  ['an unknown field', manifestWith((manifest) => ({ ...manifest, run: 'rm' })), /run/],
  ['an input less', manifestWith(({ inputs, ...rest }) => ({ ...rest, inputs: (inputs as []).slice(1) })), /"weights"/],
  [
    'labels in a regression',
    manifestWith((m) => ({ ...m, target: { ...(m.target as object), labels: [1] } })),
    /labels/,
  ],
  ['a shorter array', () => ({ 'weights.f64': new Uint8Array(8) }), /weights.f64 is to have/],
  ['no array', () => ({ 'weights.f64': undefined }), /weights.f64 is to have/],
  ['a stranger', () => ({ 'run.sh': new Uint8Array(1) }), /"run.sh"/],
  ['a file elsewhere', () => ({ '../../evil': new Uint8Array(1) }), /no plain file/],
  [
    'an array name that is a path',
    () => ({ 'parameters.json': bytes({ values: {}, arrays: [{ name: '../x', type: 'f64', length: 1 }] }) }),
    /parameters.json/,
  ],
])('an artifact with %s is refused', async (_name, changesOf, detail) => {
  const model = await fitShop('price');
  await expect(loadModel(await tampered(model, changesOf(model)))).rejects.toThrow(invalid(detail));
});

test('an artifact of an unknown algorithm is refused by name', async () => {
  const model = await fitShop('price');
  const changes = manifestWith((manifest) => ({ ...manifest, algorithm: 'constructor' }))(model);
  await expect(loadModel(await tampered(model, changes))).rejects.toThrow(
    expect.objectContaining({ code: 'algorithm-unknown' }),
  );
});
