import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

let folder: TemporaryFolder;
let orders: string;
beforeAll(() => {
  folder = temporaryFolder();
  orders = join(folder.path, 'orders.csv');
  const lines = Array.from({ length: 30 * 7 }, (_, index) => {
    const day = new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);
    return `4048,${day},${(index % 5) + Math.floor(index / 7)}\n17,${day},${(index % 3) + 2}\n`;
  });
  writeFileSync(orders, `PRODUCT_ID,CHECKOUT_DATE,QUANTITY\n${lines.join('')}`);
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);

const columns = ['--target', 'QUANTITY', '--item', 'PRODUCT_ID', '--date', 'CHECKOUT_DATE'];

test('a table of orders is trained by week and product, and the next weeks of a product are predicted', async () => {
  const trained = await bellwether(
    ...['train', orders, ...columns, '--period', 'week', '--lags', '4'],
    ...['--algorithms', 'linear', '--model', 'weekly-orders'],
  );
  const three = await bellwether('predict', 'weekly-orders', '--item', '4048', '--periods', '3');
  const one = await bellwether('predict', 'weekly-orders', '--item', '4048', '--json');
  const unknown = await bellwether('predict', 'weekly-orders', '--item', '4049');

  expect({ code: trained.code, out: trained.out }).toEqual({
    code: 0,
    out: expect.stringContaining('predict weekly-orders --item <PRODUCT_ID>'),
  });
  expect(three).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^2024-07-29 {2}[\d.]+\n2024-08-05 {2}[\d.]+\n2024-08-12 {2}[\d.]+\n$/),
  });
  const answer = JSON.parse(one.out) as { prediction: number };
  expect(answer).toMatchObject({ item: '4048', periodStart: '2024-07-29', model: 'weekly-orders' });
  expect(three.out.split('\n')[0]).toBe(`2024-07-29  ${answer.prediction}`);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('4048') });
});

test('the next periods of all items become a dataset', async () => {
  const made = await bellwether('predict', 'weekly-orders', '--periods', '2', '--name', 'next-weeks', '--json');
  const one = await bellwether('predict', 'weekly-orders', '--item', '17', '--periods', '2', '--json');

  expect(made).toMatchObject({ code: 0 });
  const { result } = JSON.parse(made.out) as { result: { datasetId: string; rows: number } };
  expect(result).toMatchObject({ datasetId: expect.stringMatching(/^ds_/), rows: 4 });
  const listed = await bellwether('datasets', '--limit', '1');
  expect(listed.out).toContain('next-weeks');
  expect((JSON.parse(one.out) as { predictions: unknown[] }).predictions).toHaveLength(2);
});

test.each([
  ['features of no column', ['train', '--lags', '4', '--dataset', 'ds_1']],
  ['periods of no item', ['predict', 'm', '--row', '1,2', '--periods', '3']],
  ['an item and a row', ['predict', 'm', '--row', '1,2', '--item', '3']],
])('%s are wrong usage', async (_, args) => {
  expect(await bellwether(...args)).toMatchObject({ code: 2 });
});
