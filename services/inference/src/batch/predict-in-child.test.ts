import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { artifactOf } from '../../test/inference-case.ts';
import { storedTable } from '../../test/stored-table.ts';
import { predictInChild } from './predict-in-child.ts';
import type { PredictionTask } from './prediction-task.ts';

const lines = Array.from({ length: 140_000 }, (_, row) => `${row % 977},${row % 7}`);

async function taskIn(folder: string): Promise<PredictionTask> {
  const [table, artifact] = [join(folder, 'table.parquet'), join(folder, 'model.tar.gz')];
  await writeFile(table, await storedTable(`x,y\n${lines.join('\n')}\n`));
  await writeFile(artifact, await artifactOf(20, 'linear'));
  const inputs = ['x', 'y'].map((name) => ({ name, kind: 'integer' as const, nullable: false }));
  const columns = { inputs, predictionColumn: 'prediction', probabilities: [] };
  return { table, artifact, output: join(folder, 'out.parquet'), folder: join(folder, 'spill'), columns };
}

test('it tells how far it is, block by block', async () => {
  using folder = temporaryFolder();
  const fractions: number[] = [];
  const end = await predictInChild(await taskIn(folder.path), {
    signal: new AbortController().signal,
    onProgress: (fraction) => fractions.push(fraction),
  });

  expect(end).toEqual({ kind: 'done', result: { rows: 140_000 } });
  expect(fractions.length).toBeGreaterThan(1);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('a cancel in the middle of it kills it', async () => {
  using folder = temporaryFolder();
  const controller = new AbortController();
  const predicting = predictInChild(await taskIn(folder.path), {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('the job ended')),
  });

  await expect(predicting).rejects.toThrow('the job ended');
});

test('a fault of ours is no refusal: the message is tried again', async () => {
  using folder = temporaryFolder();
  const task = { ...(await taskIn(folder.path)), artifact: join(folder.path, 'nothing') };
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };

  await expect(predictInChild(task, watch)).rejects.toThrow('ENOENT');
});
