import { readFile } from 'node:fs/promises';
import { quantileColumn } from '@bellwether/contracts/forecast-table';
import { decodeGlobalModel, decodeSummary, forecastChunk, type ItemForecast } from '@bellwether/forecasting';
import { periodName } from '../forecast-tables.ts';
import type { AgainResult, AgainTask, ForecastRow } from './again-task.ts';
import { findItems } from './find-items.ts';
import { otherFuture } from './other-future.ts';
import { writeTable } from './write-table.ts';

/**
 * Forecasts some items by a forecaster that is trained. What it learned of all items and how it mixes models stays; its
 * models of single items are fitted to their history anew.
 *
 * @throws Problem `items-too-many`, `item-unknown`
 */
export async function runAgainTask(task: AgainTask): Promise<AgainResult> {
  const { index, future } = task;
  const { schema, plan } = index;
  const found = await findItems(task);
  const known = found.map(({ series }) => series);
  const series = future === undefined ? known : await otherFuture(future, known, task);
  const backtests = { items: found.map(({ backtest }) => backtest) };
  const model = task.globalModel === undefined ? undefined : await readFile(task.globalModel);
  const summary = decodeSummary(await readFile(task.summary));
  // An empty file: there was too little to learn from.
  const global = model === undefined || model.length === 0 ? undefined : decodeGlobalModel(model);
  const forecasts = forecastChunk({ schema, series }, plan, global, backtests, summary);
  if (task.table === undefined) return { forecasts: rowsOf(forecasts, task) };
  await writeTable(forecasts, task.table, task);
  return { forecasts: [] };
}

function rowsOf(forecasts: readonly ItemForecast[], { index, columns }: AgainTask): ForecastRow[] {
  const nameOf = periodName(index);
  return forecasts.flatMap(({ item, first, mean, quantiles }) =>
    Array.from(
      mean,
      (value, step): ForecastRow => ({
        ...(columns.item === undefined ? {} : { item }),
        time: nameOf(first + step),
        mean: value,
        quantiles: Object.fromEntries(
          index.plan.quantiles.map((level, place) => [quantileColumn(level), quantiles[place]?.[step] ?? Number.NaN]),
        ),
      }),
    ),
  );
}
