import type { Column, FeatureRecipe } from '@bellwether/contracts';
import { readRows } from '@bellwether/datasets';
import { datasetRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type InferenceCase, inferenceCase } from '../../test/inference-case.ts';
import { storedTable } from '../../test/stored-table.ts';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { type NextPeriodsOrder, writeNextPeriods } from './write-next-periods.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: false });
const schema = [column('product', 'categorical'), column('day', 'timestamp'), column('sold', 'integer')];
const recipe: FeatureRecipe = {
  source: 'orders',
  roles: {},
  steps: [
    {
      kind: 'aggregate',
      item: 'product',
      date: 'day',
      period: 'week',
      values: [{ column: 'sold', function: 'sum' }],
      gaps: 'zero',
      incomplete: 'drop',
    },
    {
      kind: 'lags',
      column: 'sold',
      item: 'product',
      date: 'day',
      periods: 1,
      differences: false,
      period: 'week',
      as: 'sales',
    },
  ],
  target: 'sold',
  item: 'product',
  timestamp: 'day',
  period: 'week',
};

/** Two weeks of a product whose name has a quote and a comma: 7 in the first, 14 in the second. */
const csv = `product,day,sold\n${Array.from({ length: 14 }, (_, day) => {
  const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  return `"tea, ""green""",${date},${1 + Math.floor(day / 7)}\nplain,${date},3\n`;
}).join('')}`;

/** Predicts one more than last week's sales. */
const loaded = {
  version: 1,
  inputs: [{ name: 'last-1_week_sales', used: true }],
  predictor: {
    predict: (rows: Record<string, number>[]) => ({
      predictions: rows.map((row) => (row['last-1_week_sales'] ?? Number.NaN) + 1),
    }),
  },
} as unknown as LoadedVersion;

const orderOf = (periods: number, columns = schema): NextPeriodsOrder => ({
  dataset: {
    ...datasetRow({ name: 'orders', schema: JSON.stringify(columns) }),
    data_key: 'tables/t1/ds_1/at_1.parquet',
  },
  recipe,
  loaded,
  plan: {
    version: 1,
    task: 'regression',
    target: 'sold',
    inputs: [],
    datasetId: 'ds_2',
    name: 'next',
    roles: { item: 'product', timestamp: 'day' },
    periods,
    predictionColumn: 'prediction',
    probabilities: [],
  },
});

const watching = (controller = new AbortController()) => ({
  signal: controller.signal,
  onProgress: () => undefined,
  cancelled: () => controller.signal.aborted,
  [Symbol.asyncDispose]: async () => undefined,
});

async function ordersCase(): Promise<InferenceCase> {
  const inference = await inferenceCase({});
  await inference.store.put('tables/t1/ds_1/at_1.parquet', await storedTable(csv));
  return inference;
}

async function rowsOf({ store }: InferenceCase, key: string) {
  await using table = await store.localCopy(key);
  const rows = await readRows(table.path, { offset: 0, limit: 10 });
  return rows.map(({ product, day, prediction }) => [product, String(day).slice(0, 10), prediction]);
}

test.each([
  [
    1,
    [
      ['plain', '2024-01-15', 22],
      ['tea, "green"', '2024-01-15', 15],
    ],
  ],
  [
    2,
    [
      ['plain', '2024-01-15', 22],
      ['plain', '2024-01-22', 23],
      ['tea, "green"', '2024-01-15', 15],
      ['tea, "green"', '2024-01-22', 16],
    ],
  ],
])('%s next periods of each item, each from those before it', async (periods, expected) => {
  await using inference = await ordersCase();

  const written = await writeNextPeriods(orderOf(periods), inference.deps, watching());

  const key = written.kind === 'written' ? written.key : '';
  expect(key).toMatch(/^derived\/t1\/ds_2\//);
  expect((await rowsOf(inference, key)).toSorted()).toEqual(expected);
});

test('the model is asked once a period, for all items', async () => {
  await using inference = await ordersCase();
  const asked: number[] = [];
  const shares: number[] = [];
  const predict: LoadedVersion['predictor']['predict'] = (rows) => {
    asked.push(rows.length);
    return loaded.predictor.predict(rows);
  };
  const counted = { ...loaded, predictor: { ...loaded.predictor, predict } };

  const order = { ...orderOf(3), loaded: counted };
  await writeNextPeriods(order, inference.deps, { ...watching(), onProgress: (share) => void shares.push(share) });

  expect(asked).toEqual([2, 2, 2]);
  expect(shares).toEqual([1 / 3, 2 / 3, 1]);
});

test('a dataset without a column that the steps read is refused, and a cancel is no failure', async () => {
  await using inference = await ordersCase();
  const cancelled = new AbortController();
  cancelled.abort();

  const refused = await writeNextPeriods(orderOf(1, schema.slice(0, 2)), inference.deps, watching());

  expect(refused).toMatchObject({ kind: 'refused', code: 'column-missing' });
  expect(await writeNextPeriods(orderOf(1), inference.deps, watching(cancelled))).toEqual({ kind: 'cancelled' });
});
