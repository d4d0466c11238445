import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { nearestCentroid } from './example/nearest-centroid.ts';

const example = readFileSync(join(import.meta.dirname, 'example', 'nearest-centroid.ts'), 'utf8');
const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', 'CONTRIBUTING.md'), 'utf8');

// the registry with one more line
const { algorithms: present } = await import('../src/learners/registry.ts');
const algorithms: Record<string, typeof nearestCentroid> = { ...present, 'nearest-centroid': nearestCentroid };
jest.unstable_mockModule('../src/learners/registry.ts', () => ({
  algorithms,
  learnerOf: (name: string) => algorithms[name],
}));
jest.resetModules();
const { createPredictor, evaluate, fitModel, loadModel, predictRows, saveModel, truthOf } = await import(
  '../src/index.ts'
);
const { oracleTable } = await import('./oracle.ts');

test('the example in CONTRIBUTING is the file that is compiled and run here', () => {
  const shown = /```ts\n\/\/ packages\/learning\/src\/learners\/nearest-centroid\.ts\n([\s\S]*?)```/.exec(guide)?.[1];
  expect(shown).toBe(example.replaceAll('../../src/learners/', './').replaceAll('../../src/', '../'));
});

test('with its line in the registry, the example trains, is saved and loaded, scores and explains its refusals', async () => {
  const table = oracleTable('iris');
  const options = { ...table, task: 'classification', algorithm: 'nearest-centroid', seed: 1 } as const;
  const model = await loadModel(await saveModel(await fitModel({ ...options, hyperparameters: { sharpness: 2 } })));
  const truth = truthOf(model.manifest, table.frame, table.holdout);
  const metrics = evaluate('classification', truth, predictRows(model, table.frame, table.holdout));
  expect(metrics.accuracy).toBeGreaterThan(0.8);
  expect(createPredictor(model).predict([[5.1, 3.5, 1.4, 0.2]]).predictions).toEqual([0]);
  await expect(fitModel({ ...options, hyperparameters: { sharpness: -1 } })).rejects.toThrow(
    expect.objectContaining({ code: 'hyperparameter-refused' }),
  );
  await expect(fitModel({ ...options, task: 'regression' })).rejects.toThrow(
    expect.objectContaining({ code: 'task-unsupported' }),
  );
});
