import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeChunk, type PanelIndex, type Series } from '@bellwether/forecasting';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { index } from '../../../test/managed-case.ts';
import { writeTables } from './write-tables.ts';

const last = index.plan.lastPeriod;
/** Days of one value a day, the last of them the panel's. */
const series = (item: string, days: number, known: Float64Array[] = [], end = last): Series => ({
  item,
  first: end - days + 1,
  values: Float64Array.from({ length: days }, (_, at) => at + 0.5),
  known,
  attributes: new Float64Array(),
});

async function written(chunks: readonly (readonly Series[])[], change: Partial<PanelIndex> = {}) {
  using folder = temporaryFolder();
  const panel = { ...index, ...change };
  const paths = chunks.map((_, chunk) => join(folder.path, `${chunk}.bin`));
  for (const [chunk, of] of chunks.entries()) {
    await writeFile(paths[chunk] ?? '', encodeChunk({ schema: panel.schema, series: of }));
  }
  const { prepared, train, runs } = await writeTables({ index: panel, chunks: paths, folder: folder.path });
  const names = [...train.map((name) => join('train', name)), ...runs.map((name) => join('runs', name))];
  const files: Record<string, string[]> = {};
  for (const name of names) {
    files[name] = (await readFile(join(folder.path, name), 'utf8')).trim().replaceAll('"', '').split('\n');
  }
  return { prepared, files, runs: (await readdir(join(folder.path, 'runs'))).toSorted() };
}

const plan = (change: Partial<PanelIndex['plan']>) => ({ plan: { ...index.plan, ...change } });

test('AutoML learns from what was before all backtest windows; its model forecasts from each of them, and from the end', async () => {
  const { prepared, files } = await written([[series('a', 20)]], plan({ windows: 2 }));

  expect(prepared).toMatchObject({ frequency: 'D', windows: [last - 1, last - 3], runs: [[1, 2, 'final']], short: 0 });
  const lines = (name: string) => (files[name] ?? []).length - 1;
  expect(lines('train/final-00000.csv')).toBe(16);
  expect(lines('runs/window-2-00000.csv')).toBe(16);
  expect(lines('runs/window-1-00000.csv')).toBe(18);
  expect(lines('runs/final-00000.csv')).toBe(20);
  expect(files['runs/final-00000.csv']?.slice(0, 2)).toEqual([
    'item_id,timestamp,target_value',
    'c0i0,2024-09-14 00:00:00,0.5',
  ]);
});

test('what is known ahead is told to the end of each forecast, the target never', async () => {
  const schema: PanelIndex['schema'] = {
    ...index.schema,
    known: [
      { name: 'price, net', kind: 'number' },
      { name: 'promo', kind: 'category', categories: ['none', 'half'] },
    ],
  };
  const price = Float64Array.from({ length: 21 }, (_, at) => at);
  const promo = Float64Array.from({ length: 22 }, (_, at) => (at < 20 ? 0 : 1));

  const { prepared, files } = await written([[series('a', 20, [price, promo])]], { schema });

  expect(files['runs/final-00000.csv']?.[0]).toBe('item_id,timestamp,target_value,known_0_price_net,known_1_promo');
  expect(files['runs/final-00000.csv']?.slice(-3)).toEqual([
    'c0i0,2024-10-03 00:00:00,19.5,19,none',
    'c0i0,2024-10-04 00:00:00,,20,half',
    'c0i0,2024-10-05 00:00:00,,,half',
  ]);
  expect(files['train/final-00000.csv']?.slice(-2)).toEqual([
    'c0i0,2024-10-02 00:00:00,,18,none',
    'c0i0,2024-10-03 00:00:00,,19,none',
  ]);
  expect(prepared.filling).toEqual({
    target_value: { middlefill: 'nan', backfill: 'nan' },
    known_0_price_net: { middlefill: 'median', backfill: 'median', futurefill: 'median' },
  });
});

test('items of fewer than four values are left out, and a chunk of such has no file', async () => {
  const long = series('a', 20);
  const ended = series('ended', 10, [], last - 10);

  const { prepared, files, runs } = await written([[series('young', 3), long, ended], [series('new', 2)]]);

  expect(prepared).toMatchObject({ short: 2, runs: [[1, 'final'], []] });
  expect(runs).toEqual(['final-00000.csv', 'window-1-00000.csv']);
  const codes = new Set((files['runs/final-00000.csv'] ?? []).slice(1).map((line) => line.split(',')[0]));
  expect([...codes]).toEqual(['c0i1', 'c0i2']);
});

test('there are as many backtest windows as leave AutoML four times the horizon', async () => {
  const facts = (longest: number) => ({ facts: { ...index.facts, longest } });
  const windows = async (longest: number) =>
    (await written([[series('a', longest)]], { ...plan({ windows: 3 }), ...facts(longest) })).prepared.windows.length;

  expect([await windows(8), await windows(10), await windows(13), await windows(40)]).toEqual([0, 1, 2, 3]);
});

test.each<[what: string, code: string, change: Partial<PanelIndex>, items: readonly Series[]]>([
  [
    'a horizon beyond a quarter of the history',
    'history-short',
    { facts: { ...index.facts, longest: 7 } },
    [series('a', 7)],
  ],
  ['items that are all too short', 'history-short', {}, [series('a', 3)]],
  [
    'business days',
    'frequency-unfit',
    { schema: { ...index.schema, frequency: { unit: 'business-day', count: 1 } } },
    [series('a', 20)],
  ],
  [
    'too many known columns',
    'columns-unfit',
    { schema: { ...index.schema, known: Array.from({ length: 14 }, (_, at) => ({ name: `x${at}`, kind: 'number' })) } },
    [series('a', 20)],
  ],
])('%s is refused before anything is asked of SageMaker', async (_, code, change, items) => {
  await expect(written([items], change)).rejects.toMatchObject({ name: 'Problem', code });
});
