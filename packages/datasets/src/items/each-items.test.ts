import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { copyToParquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { eachItems } from './each-items.ts';
import type { ItemRows, SeriesTables } from './item-rows.ts';

const columns = { item: 'shop', time: 'day', target: 'sales' };

async function write(folder: string, name: string, query: string): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  const session = await openSession({ paths: [path], folder, memoryBytes: 2 ** 28, threads: 1 });
  await session.connection.run(copyToParquet(query, path, 4));
  session.close();
  return path;
}

async function read(folder: string, tables: SeriesTables, blockRows?: number) {
  const blocks: ItemRows[] = [];
  const options = { folder, ...(blockRows === undefined ? {} : { blockRows }) };
  const { known, rows } = await eachItems(tables, options, (block) => void blocks.push(block));
  return { blocks, known, rows };
}

const sales = `SELECT shop, DATE '2026-01-01' + CAST(d AS INTEGER) AS day, 10 * shop_no + d AS sales, 'x' AS note
  FROM (SELECT 's' || i AS shop, i AS shop_no, d FROM range(3) a(i), range(4) b(d)) ORDER BY d, shop`;

test('rows of an item come together and in time, whatever the order of the table', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', sales);

  const { blocks, rows } = await read(folder.path, { target, columns });

  expect(rows).toBe(12);
  expect(blocks.flatMap(({ item }) => item)).toEqual([...'000011112222'].map((i) => `s${i}`));
  expect(Array.from(blocks[0]?.target ?? [])).toEqual([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]);
  expect(blocks[0]?.at[1]).toBe(Date.UTC(2026, 0, 2));
});

test('a block ends between items only', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', sales);

  const { blocks } = await read(folder.path, { target, columns }, 5);

  expect(blocks.map(({ item }) => [...new Set(item)])).toEqual([['s0', 's1'], ['s2']]);
});

test('rows of a related table tell what is known ahead, without a target', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', sales);
  const related = await write(
    folder.path,
    'related',
    `SELECT 's1' AS shop, DATE '2026-01-04' + CAST(d AS INTEGER) AS day, 0.5 * d AS price, 'sale' AS deal FROM range(3) b(d)`,
  );

  const { blocks, known } = await read(folder.path, { target, related, columns });

  expect(known).toEqual(['price', 'deal']);
  const [block] = blocks;
  const rows = block?.item.flatMap((item, row) => (item === 's1' ? [row] : [])) ?? [];
  expect(rows.map((row) => block?.target[row])).toEqual([10, 11, 12, 13, NaN, NaN, NaN]);
  expect(rows.map((row) => block?.known[0]?.[row])).toEqual([NaN, NaN, NaN, NaN, 0, 0.5, 1]);
  expect(rows.map((row) => block?.known[1]?.[row])).toEqual([null, null, null, null, 'sale', 'sale', 'sale']);
});

test('of a column that both tables have, one tells the past and the other the future', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', `SELECT *, 2.5 AS price FROM (${sales}) WHERE shop = 's1'`);
  const related = await write(folder.path, 'related', `SELECT 's1' AS shop, DATE '2026-01-05' AS day, 2 AS price`);

  const { blocks } = await read(folder.path, { target, related, columns, known: ['price'] });

  expect(Array.from((blocks[0]?.known[0] ?? []) as Float64Array)).toEqual([2.5, 2.5, 2.5, 2.5, 2]);
});

test('a related table without items holds for all of them', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', sales);
  const related = await write(folder.path, 'related', `SELECT DATE '2026-02-01' AS day, true AS holiday`);

  const { blocks } = await read(folder.path, { target, related, columns });

  const [block] = blocks;
  const ahead = block?.item.filter((_, row) => block.known[0]?.[row] === 1);
  expect(ahead).toEqual(['s0', 's1', 's2']);
});

test('a table without items is one series, and columns of its own may be known', async () => {
  using folder = temporaryFolder();
  const target = await write(folder.path, 'target', `SELECT * FROM (${sales}) WHERE shop = 's2'`);

  const { blocks, known } = await read(folder.path, {
    target,
    columns: { time: 'day', target: 'sales' },
    known: ['note', 'missing'],
  });

  expect(known).toEqual(['note']);
  expect(new Set(blocks[0]?.item)).toEqual(new Set(['all']));
  expect(blocks[0]?.known[0]).toEqual(['x', 'x', 'x', 'x']);
});
