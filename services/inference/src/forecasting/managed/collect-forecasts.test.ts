import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeChunk, type PanelIndex, type Series } from '@bellwether/forecasting';
import { automlStamps } from '@bellwether/sagemaker/automl';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { collectForecasts } from './collect-forecasts.ts';
import type { CollectTask } from './collect-task.ts';

const last = 19_999;
const stamps = automlStamps({ unit: 'day', count: 1 });
const index = {
  schema: { frequency: { unit: 'day', count: 1 }, known: [], attributes: [] },
  plan: { horizon: 2, quantiles: [0.1, 0.9], lastPeriod: last, windows: 1, windowStep: 2, seasonLengths: [2], seed: 0 },
  chunks: [{ file: 'chunk', items: 3 }],
} as unknown as PanelIndex;

const series = (item: string, values: readonly number[]): Series => ({
  item,
  first: last + 1 - values.length,
  values: Float64Array.from(values),
  known: [],
  attributes: new Float64Array(),
});

/** What SageMaker says of two periods of items by their codes: `[low, high, mean]` a period. */
const answer = (first: number, items: Readonly<Record<string, readonly (readonly number[])[]>>) =>
  [
    'item_id,timestamp,p10,p90,mean',
    ...Object.entries(items).flatMap(([code, periods]) =>
      periods.map((numbers, step) => [code, stamps.stampOf(first + step), ...numbers].join(',')),
    ),
    '',
  ].join('\n');

async function collected(items: readonly Series[], final: string, window?: string) {
  using folder = temporaryFolder();
  const place = (name: string) => join(folder.path, name);
  await writeFile(place('panel'), encodeChunk({ schema: index.schema, series: items }));
  await writeFile(place('final'), final);
  if (window !== undefined) await writeFile(place('window'), window);
  const answers = { final: place('final'), ...(window === undefined ? {} : { 1: place('window') }) };
  const task: CollectTask = {
    index,
    columns: { item: 'shop', time: 'day', target: 'sales' },
    prepared: {
      frequency: 'D',
      horizon: 2,
      quantiles: [0.1, 0.9],
      filling: {},
      windows: [last - 1],
      runs: [],
      short: 0,
    },
    model: 'automl',
    chunks: [{ panel: place('panel'), answers }],
    forecastsCsv: place('forecasts.csv'),
    backtestsCsv: place('backtests.csv'),
  };
  const { items: count } = await collectForecasts(task);
  const lines = async (name: string) => (await readFile(place(name), 'utf8')).trim().replaceAll('"', '').split('\n');
  return { count, forecasts: await lines('forecasts.csv'), backtests: await lines('backtests.csv') };
}

test('items get back their names and days, and are not below 0 where they never were', async () => {
  const items = [series('007', [1, 2, 3, 4, 5, 6]), series('down', [-1, 2, 3, 4, 5, 6])];
  const final = answer(last + 1, {
    c0i0: [
      [-2, 8, 5],
      [-2, 9, 6],
    ],
    c0i1: [
      [-2, 8, 5],
      [-2, 9, 6],
    ],
  });

  const { count, forecasts } = await collected(items, final);

  expect(count).toBe(2);
  expect(forecasts).toEqual([
    '007,2024-10-04,5,0,8',
    '007,2024-10-05,6,0,9',
    'down,2024-10-04,5,-2,8',
    'down,2024-10-05,6,-2,9',
  ]);
});

test('a window is scored as the whole, as AutoML’s and beside the seasonal naive; one without a value is not', async () => {
  const items = [series('a', [1, 2, 3, 4, 5, 6]), { ...series('ended', [1, 2, 3, 4]), first: last - 5 }];
  const both = (first: number) =>
    answer(first, {
      c0i0: [
        [4, 6, 5.5],
        [5, 7, 6.5],
      ],
      c0i1: [
        [4, 6, 5.5],
        [5, 7, 6.5],
      ],
    });

  const { backtests } = await collected(items, both(last + 1), both(last - 1));

  expect(backtests).toEqual([
    'a,2024-10-02,1,ensemble,5,5.5,4,6,2',
    'a,2024-10-03,1,ensemble,6,6.5,5,7,2',
    'a,2024-10-02,1,automl,5,5.5,,,2',
    'a,2024-10-03,1,automl,6,6.5,,,2',
    'a,2024-10-02,1,seasonal-naive,5,3,,,2',
    'a,2024-10-03,1,seasonal-naive,6,4,,,2',
  ]);
});

test('items that AutoML was not given are forecast here', async () => {
  const items = [series('young', [7]), series('a', [1, 2, 3, 4, 5, 6])];

  const { forecasts } = await collected(
    items,
    answer(last + 1, {
      c0i1: [
        [4, 6, 5],
        [5, 7, 6],
      ],
    }),
  );

  expect(forecasts.filter((line) => line.startsWith('young'))).toHaveLength(2);
  expect(forecasts[0]).toMatch(/^young,2024-10-04,7,/);
});
