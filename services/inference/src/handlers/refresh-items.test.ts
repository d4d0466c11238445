import type { Column } from '@bellwether/contracts';
import { findItemFeatures } from '@bellwether/database';
import { seriesKey } from '@bellwether/platform';
import { committed, insertRows, received } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type InferenceCase, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { storedTable } from '../../test/stored-table.ts';
import { followSeries } from '../jobs/follow-series.ts';
import { refreshItems } from './refresh-items.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: false });
const schema = JSON.stringify([column('product', 'integer'), column('day', 'timestamp'), column('sold', 'integer')]);
const steps = [
  {
    kind: 'aggregate',
    item: 'product',
    date: 'day',
    period: 'week',
    values: [{ column: 'sold', function: 'sum' }],
    gaps: 'zero',
    incomplete: 'drop',
  },
];
const recipe = {
  source: 'orders',
  roles: {},
  steps,
  target: 'sold',
  item: 'product',
  timestamp: 'day',
  period: 'week',
};

/** Orders up to the end of so many weeks. */
const csv = (weeks: number) =>
  `product,day,sold\n${Array.from({ length: weeks * 7 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `4048,${date},3\n17,${date},${day}\n`;
  }).join('')}`;

const dataset = (id: string) => ({ id, name: 'orders', schema, data_key: `tables/t1/${id}/at_1.parquet` });

async function itemsCase(): Promise<InferenceCase> {
  const inference = await inferenceCase({
    models: [{ champion_version: 1, revision: 1, last_version: 2 }],
    versions: [1, 2].map((version) => ({ version, artifact_key: keyOf(version), recipe: JSON.stringify(recipe) })),
    datasets: [dataset('ds_1')],
  });
  await inference.store.put('tables/t1/ds_1/at_1.parquet', await storedTable(csv(3)));
  return inference;
}

async function addDataset(inference: InferenceCase, id: string, weeks: number, change: object = {}) {
  await inference.store.put(`tables/t1/${id}/at_1.parquet`, await storedTable(csv(weeks)));
  await insertRows(inference.database, { datasets: [{ ...dataset(id), ...change }] });
}

const begin = ({ deps }: InferenceCase) =>
  refreshItems(received({ model: 'm' }), deps, { signal: new AbortController().signal, attempt: 1 });

const refresh = async (inference: InferenceCase) => await committed(inference.database, await begin(inference));

async function known({ database }: InferenceCase) {
  const head = await findItemFeatures(database.read, 't1', 'm');
  const items = await database.read.selectFrom('items').selectAll().orderBy('item').execute();
  return { head, items };
}

test('features of each item’s next period are stored, and the generation before is gone', async () => {
  await using inference = await itemsCase();
  await refresh(inference);
  const first = await known(inference);
  await addDataset(inference, 'ds_2', 4);
  await refresh(inference);
  const second = await known(inference);

  expect(first.head).toMatchObject({
    revision: 1,
    dataset_id: 'ds_1',
    period_start: Date.UTC(2024, 0, 22),
    item_count: 2,
  });
  expect(second.head).toMatchObject({ revision: 2, dataset_id: 'ds_2', period_start: Date.UTC(2024, 0, 29) });
  expect(second.items.map(({ item, generation }) => [item, generation])).toEqual([
    ['17', second.head?.generation],
    ['4048', second.head?.generation],
  ]);
});

test('what was computed from an older dataset does not take the place of a newer one’s', async () => {
  await using inference = await itemsCase();
  const slow = await begin(inference);
  await addDataset(inference, 'ds_2', 4);
  await refresh(inference);
  await committed(inference.database, slow);

  expect((await known(inference)).head).toMatchObject({ revision: 1, dataset_id: 'ds_2' });
});

test('the same message again computes nothing anew; another version of the same recipe takes the features over', async () => {
  await using inference = await itemsCase();
  await refresh(inference);
  const first = await known(inference);
  await refresh(inference);
  expect((await known(inference)).head).toEqual(first.head);

  await inference.promote(2);
  await refresh(inference);
  expect((await known(inference)).head).toMatchObject({ version: 2, generation: first.head?.generation });
});

const withSeries = { ...recipe, steps: [...steps, { kind: 'macro', series: ['UNRATE'], date: 'day' }] };

/** The same items with a series, which was stored at a time that the test sets. */
async function seriesCase() {
  const inference = await inferenceCase({
    models: [{ champion_version: 1, revision: 1, last_version: 1 }],
    versions: [{ version: 1, artifact_key: keyOf(1), recipe: JSON.stringify(withSeries) }],
    datasets: [dataset('ds_1')],
  });
  const { store, deps } = inference;
  await store.put('tables/t1/ds_1/at_1.parquet', await storedTable(csv(3)));
  const put = (value: number) => {
    const observations = [{ date: '2023-12-01', value }];
    const series = { id: 'UNRATE', title: 'Unemployment', lastObservation: '2023-12-01', fetchedAt: 0, observations };
    return store.put(seriesKey('UNRATE', false), Buffer.from(JSON.stringify(series)));
  };
  await put(4);
  let modifiedAt = 0;
  const dated = {
    ...store,
    head: async (key: string) => {
      const head = await store.head(key);
      return head && { ...head, modifiedAt };
    },
  };
  const served = { ...inference, deps: { ...deps, store: dated } };
  const rates = async () => {
    const { items } = await known(served);
    return items.map(({ features }) => JSON.parse(features).UNRATE);
  };
  return {
    ...served,
    /** Stores another value at a time. */
    async storeSeries(value: number, at: number) {
      await put(value);
      modifiedAt = at;
    },
    rates,
  };
}

test('a series that was stored anew is taken up at once; one that was not changes nothing', async () => {
  await using items = await seriesCase();
  items.setClock(10_000);
  await refresh(items);
  const first = await known(items);
  await refresh(items);
  expect((await known(items)).head).toEqual(first.head);
  expect(await items.rates()).toEqual([4, 4]);

  await items.storeSeries(7, 20_000);
  items.setClock(25_000);
  await refresh(items);
  const second = await known(items);
  expect(second.head).toMatchObject({ revision: 2, dataset_id: 'ds_1', updated_at: 25_000 });
  expect(second.head?.generation).not.toBe(first.head?.generation);
  expect(await items.rates()).toEqual([7, 7]);
});

test('by the clock, items are outdated once for each series that was stored anew', async () => {
  await using items = await seriesCase();
  items.setClock(10_000);
  await refresh(items);
  const outbox = () => items.database.read.selectFrom('outbox').selectAll().execute();
  await followSeries(items.deps);
  expect(await outbox()).toEqual([]);

  await items.storeSeries(7, 20_000);
  await followSeries(items.deps);
  await followSeries(items.deps);
  expect(await outbox()).toHaveLength(1);

  items.setClock(25_000);
  await refresh(items);
  await followSeries(items.deps);
  expect(await outbox()).toHaveLength(1);
});

test('a newer dataset without the columns of the recipe, and one that was derived, leave the items as they are', async () => {
  await using inference = await itemsCase();
  await refresh(inference);
  const first = await known(inference);
  await addDataset(inference, 'ds_2', 4, { upload_key: null });
  await refresh(inference);
  await addDataset(inference, 'ds_3', 4, { schema: JSON.stringify([column('product', 'integer')]) });
  await refresh(inference);

  expect(await known(inference)).toEqual(first);
});
