import { open, readFile } from 'node:fs/promises';
import { Problem } from '@bellwether/contracts';
import { decodeChunk, forecastPanel, type PanelChunk, type PanelIndex, type Series } from '@bellwether/forecasting';
import { type AutoMlStamps, automlStamps, itemCode } from '@bellwether/sagemaker/automl';
import type { CollectTask } from './collect-task.ts';
import { type ItemPeriods, readForecasts } from './read-forecasts.ts';
import { type TableLines, tableLines } from './table-lines.ts';
import { testedWindow } from './test-windows.ts';

/** Puts what SageMaker forecast into the tables of forecasts and of backtests, a chunk at a time. */
export async function collectForecasts(task: CollectTask): Promise<{ items: number }> {
  const { index, prepared } = task;
  const stamps = automlStamps(index.schema.frequency);
  const lines = tableLines(index, task.columns);
  await using forecastsCsv = await open(task.forecastsCsv, 'w');
  await using backtestsCsv = await open(task.backtestsCsv, 'w');
  let items = 0;
  for (const [place, chunk] of task.chunks.entries()) {
    const panel = decodeChunk(await readFile(chunk.panel));
    const answers = await readAnswers(chunk.answers, stamps, index);
    const final = answers.get('final') ?? new Map<string, ItemPeriods>();
    const here = await forecastHere(panel, place, final, index);
    for (const [at, series] of panel.series.entries()) {
      const code = itemCode(place, at);
      const forecast = final.get(code) ?? here.get(series.item);
      if (forecast === undefined) throw lost(series.item);
      await forecastsCsv.write(lines.forecasts(series.item, bounded(series, forecast)));
      for (const back of prepared.windows.keys()) {
        const answer = answers.get(String(back + 1))?.get(code);
        if (answer !== undefined) await backtestsCsv.write(backtested(series, back + 1, answer, lines, task));
      }
      items += 1;
    }
  }
  return { items };
}

const lost = (item: string) => new Problem(502, 'sagemaker-forecasts', `SageMaker forecast nothing of ${item}.`);

function backtested(series: Series, window: number, answer: ItemPeriods, lines: TableLines, task: CollectTask): string {
  return testedWindow(series, window, bounded(series, answer), task.model, task.index.plan)
    .map((periods) => lines.backtests(series.item, periods))
    .join('');
}

async function readAnswers(
  paths: Readonly<Record<string, string>>,
  stamps: AutoMlStamps,
  { plan }: PanelIndex,
): Promise<Map<string, Map<string, ItemPeriods>>> {
  const answers = new Map<string, Map<string, ItemPeriods>>();
  for (const [run, path] of Object.entries(paths)) {
    const asked = { horizon: plan.horizon, levels: plan.quantiles };
    answers.set(run, readForecasts(await readFile(path, 'utf8'), stamps, asked));
  }
  return answers;
}

/** Nothing is below 0 where the history never was, as in forecasts that are made here. */
function bounded({ values }: Series, periods: ItemPeriods): ItemPeriods {
  if (values.some((value) => value < 0)) return periods;
  const floor = (numbers: Float64Array) => numbers.map((value) => Math.max(0, value));
  return { first: periods.first, mean: floor(periods.mean), quantiles: periods.quantiles.map(floor) };
}

/** Others of their chunk tell what a new item may be, and how far simple models are off. */
const companions = 50;

/** Forecasts of the items that are too short for AutoML, by simple models. */
async function forecastHere(
  { schema, series }: PanelChunk,
  place: number,
  final: ReadonlyMap<string, ItemPeriods>,
  { plan }: PanelIndex,
): Promise<Map<string, ItemPeriods>> {
  const isShort = (_: Series, at: number) => !final.has(itemCode(place, at));
  const short = series.filter(isShort);
  if (short.length === 0) return new Map();
  const others = series.filter((one, at) => !isShort(one, at)).slice(0, companions);
  const { horizon, quantiles, seed } = plan;
  const request = { horizon, quantiles, seed, windows: 1, models: ['naive', 'historic-mean'] };
  const { forecasts } = await forecastPanel([{ schema, series: [...short, ...others] }], request);
  return new Map(forecasts.slice(0, short.length).map((forecast) => [forecast.item, forecast]));
}
