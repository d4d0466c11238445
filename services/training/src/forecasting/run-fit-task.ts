import { readFile, writeFile } from 'node:fs/promises';
import {
  backtestChunk,
  decodeChunk,
  decodeGlobalModel,
  drawTrainingRows,
  encodeBacktests,
  encodeGlobalModel,
  encodeSummary,
  fitBoostedTrees,
  type GlobalModel,
  planFeatures,
  searchHyperparameters,
  summariseBacktests,
  type TrainingRows,
  trainingShare,
} from '@bellwether/forecasting';
import type { FitTask } from './fit-task.ts';

/** One part of a forecaster: hyperparameters by search, models over all items, each at one origin, or the backtests of one chunk. */
export async function runFitTask(task: FitTask, onProgress: (fraction: number) => void): Promise<object> {
  switch (task.kind) {
    case 'search':
      return await search(task);
    case 'global':
      return await fitGlobal(task, onProgress);
    case 'chunk':
      return await backtest(task);
  }
}

type Task<K extends FitTask['kind']> = Extract<FitTask, { kind: K }>;

async function search({ index, chunks, output }: Task<'search'>) {
  async function* decoded() {
    for (const path of chunks) yield decodeChunk(await readFile(path));
  }
  await writeFile(output, JSON.stringify(await searchHyperparameters(decoded(), index.plan, index.facts)));
  return {};
}

async function fitGlobal({ index, chunks, models }: Task<'global'>, onProgress: (fraction: number) => void) {
  const { schema, plan, facts } = index;
  const layout = planFeatures(schema, plan, facts);
  const share = trainingShare(facts, plan);
  for (const [place, { window, output }] of models.entries()) {
    const rows: TrainingRows[] = [];
    for (const path of chunks) {
      // One chunk in memory at a time: what is kept of it is its share of a bounded number of rows.
      rows.push(drawTrainingRows(decodeChunk(await readFile(path)), plan, layout, window, share));
    }
    const model = await fitBoostedTrees(rows, plan);
    await writeFile(output, model === undefined ? new Uint8Array() : encodeGlobalModel(model));
    onProgress((place + 1) / models.length);
  }
  return {};
}

async function backtest({ chunk, plan, globalModels, output, summary }: Task<'chunk'>) {
  const models = await Promise.all(globalModels.map((path) => (path === null ? undefined : readGlobalModel(path))));
  const backtests = backtestChunk(decodeChunk(await readFile(chunk)), plan, models);
  await writeFile(output, encodeBacktests(backtests));
  await writeFile(summary, encodeSummary(summariseBacktests(backtests, plan)));
  return {};
}

async function readGlobalModel(path: string): Promise<GlobalModel | undefined> {
  const bytes = await readFile(path);
  return bytes.length === 0 ? undefined : decodeGlobalModel(bytes);
}
