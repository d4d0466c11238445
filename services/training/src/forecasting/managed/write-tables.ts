import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '@bellwether/contracts';
import { decodeChunk, describeFrequency, type PanelIndex, type Series } from '@bellwether/forecasting';
import {
  automlFrequency,
  automlStamps,
  fewestValues,
  itemCode,
  type PreparedForecast,
  runFile,
} from '@bellwether/sagemaker/automl';
import { backtestWindows } from './backtest-windows.ts';
import { fillingOf, itemRows, panelHeader, valuesBefore } from './panel-table.ts';
import type { TablesTask, WrittenTables } from './tables-task.ts';

type Run = PreparedForecast['runs'][number][number];

/**
 * Writes a panel in AutoML's form, a chunk at a time: what it learns from, and what its model forecasts from, which is
 * the history up to each backtest window and the whole one. Items of too few values are left out.
 *
 * @throws Problem for what AutoML cannot forecast
 */
export async function writeTables({ index, chunks, folder }: TablesTask): Promise<WrittenTables> {
  const { schema, plan, facts } = index;
  const header = panelHeader(schema);
  const windows = backtestWindows(plan, facts);
  const { horizon } = plan;
  const next = plan.lastPeriod + 1;
  const cuts: [run: Run, cutoff: number][] = [
    ...windows.map((cutoff, back): [Run, number] => [back + 1, cutoff]),
    ['final', next],
  ];
  const stamps = automlStamps(schema.frequency);
  await mkdir(join(folder, 'train'));
  await mkdir(join(folder, 'runs'));
  const train: string[] = [];
  const runs: Run[][] = [];
  let short = 0;

  /** Writes the items that are long enough there. False: there are none, and no file. */
  const write = async (place: string, series: readonly Series[], chunk: number, cutoff: number): Promise<boolean> => {
    if (!series.some((one) => valuesBefore(one, cutoff) >= fewestValues)) return false;
    await using file = await open(join(folder, place), 'w');
    await file.write(header);
    for (const [at, one] of series.entries()) {
      if (valuesBefore(one, cutoff) < fewestValues) continue;
      await file.write(itemRows(one, itemCode(chunk, at), schema, stamps, { cutoff, horizon }));
    }
    return true;
  };

  for (const [chunk, path] of chunks.entries()) {
    const { series } = decodeChunk(await readFile(path));
    short += series.filter((one) => valuesBefore(one, next) < fewestValues).length;
    const learned = runFile('final', chunk);
    if (await write(join('train', learned), series, chunk, windows.at(-1) ?? next)) train.push(learned);
    const written: Run[] = [];
    for (const [run, cutoff] of cuts) {
      if (await write(join('runs', runFile(run, chunk)), series, chunk, cutoff)) written.push(run);
    }
    runs.push(written);
  }
  if (train.length === 0) throw tooFewValues();
  const filling = fillingOf(schema);
  const frequency = frequencyOf(index);
  const prepared = { frequency, horizon, quantiles: plan.quantiles, filling, windows, runs, short };
  return { prepared, train, runs: runs.flatMap((written, chunk) => written.map((run) => runFile(run, chunk))) };
}

function frequencyOf({ schema }: PanelIndex): string {
  const frequency = automlFrequency(schema.frequency);
  if (frequency !== undefined) return frequency;
  const detail = `AutoML of SageMaker has no frequency for ${describeFrequency(schema.frequency)}.`;
  throw new Problem(422, 'frequency-unfit', detail, { cure: 'Ask for backend "local".' });
}

function tooFewValues(): Problem {
  const detail = `AutoML of SageMaker needs ${fewestValues} values of an item, and no item has them before the backtests.`;
  return new Problem(422, 'history-short', detail, { cure: 'Ask for backend "local".' });
}
