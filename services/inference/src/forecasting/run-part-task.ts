import { open, readFile } from 'node:fs/promises';
import { mergeCsv } from '@bellwether/datasets';
import {
  decodeBacktests,
  decodeChunk,
  decodeGlobalModel,
  decodeSummary,
  forecastChunk,
  memberQuantiles,
} from '@bellwether/forecasting';
import { backtestColumns, backtestLines, forecastColumns, forecastLines } from './forecast-tables.ts';
import type { PartTask } from './part-task.ts';

/** Forecasts one chunk of items, or puts what all chunks gave into tables. */
export async function runPartTask(task: PartTask): Promise<object> {
  return task.kind === 'part' ? await forecastPart(task) : await mergeParts(task);
}

type Task<K extends PartTask['kind']> = Extract<PartTask, { kind: K }>;

async function forecastPart(task: Task<'part'>): Promise<{ items: number }> {
  const { index, columns } = task;
  const chunk = decodeChunk(await readFile(task.chunk));
  const backtests = decodeBacktests(await readFile(task.backtests));
  const summary = decodeSummary(await readFile(task.summary));
  const model = await readGlobalModel(task.globalModel);
  const forecasts = forecastChunk({ ...chunk, schema: index.schema }, index.plan, model, backtests, summary);
  const quantilesOf = memberQuantiles(index.plan, summary);
  await using forecastsCsv = await open(task.forecastsCsv, 'w');
  await using backtestsCsv = await open(task.backtestsCsv, 'w');
  for (const [place, forecast] of forecasts.entries()) {
    const backtest = backtests.items[place];
    await forecastsCsv.write(forecastLines({ index, columns }, forecast));
    const series = chunk.series[place];
    if (backtest === undefined || series === undefined) continue;
    await backtestsCsv.write(backtestLines({ index, columns }, forecast, backtest, series, quantilesOf));
  }
  return { items: forecasts.length };
}

/** An empty file: there was too little to learn from. */
async function readGlobalModel(path: string | undefined) {
  const bytes = path === undefined ? undefined : await readFile(path);
  return bytes === undefined || bytes.length === 0 ? undefined : decodeGlobalModel(bytes);
}

async function mergeParts(task: Task<'merge'>): Promise<object> {
  const { index, columns, folder } = task;
  await mergeCsv({
    parts: task.forecastsCsv,
    columns: forecastColumns(index, columns),
    output: task.forecasts,
    folder,
  });
  await mergeCsv({
    parts: task.backtestsCsv,
    columns: backtestColumns(index, columns),
    output: task.backtests,
    folder,
  });
  return {};
}
