import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

// Forecasting takes some ten processes, one after the other.
jest.setTimeout(180_000);

let folder: TemporaryFolder;
const place = (name: string) => join(folder.path, name);
const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', place('data')]);
const day = (at: number) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
const price = (at: number) => (at % 5 === 0 ? 1 : 2);

/** What two shops sell: more at half the price. Their names are texts, whatever they look like. */
const sales = (days: number) =>
  ['001', '002'].flatMap((shop) =>
    Array.from({ length: days }, (_, at) => `${shop},${day(at)},${price(at)},${(60 + (at % 7)) / price(at)}`),
  );
const write = (name: string, ...lines: string[]) => writeFileSync(place(name), [...lines, ''].join('\n'));

beforeAll(async () => {
  folder = temporaryFolder();
  write('sales.csv', 'shop,day,price,sales', ...sales(200));
  const columns = ['--item', 'shop', '--time', 'day', '--target', 'sales', '--known', 'price'];
  const { code } = await bellwether(
    'forecast',
    place('sales.csv'),
    '--horizon',
    '5',
    ...columns,
    '--out',
    place('out'),
  );
  expect(code).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

test('what was forecast is forecast again, of one series alone', async () => {
  const { code, out } = await bellwether('forecast-again', 'sales', '--item', '002');
  const [head, ...before] = readFileSync(place('out/forecasts.csv'), 'utf8').trimEnd().split('\n');
  expect({ code, out: out.trimEnd().split('\n') }).toEqual({
    code: 0,
    out: [head, ...before.filter((line) => line.startsWith('002,'))],
  });
});

test('other prices and newer history are tables with the columns that it was trained on', async () => {
  write('half-price.csv', 'day,price', ...Array.from({ length: 5 }, (_, at) => `${day(205 + at)},1`));
  write('until-today.csv', 'shop,day,price,sales', ...sales(205));
  const tables = ['--history', place('until-today.csv'), '--future', place('half-price.csv')];
  const { code } = await bellwether('forecast-again', 'sales', ...tables, '--output', place('again.csv'));
  const lines = readFileSync(place('again.csv'), 'utf8').trimEnd().split('\n');
  expect({ code, rows: lines.length - 1 }).toEqual({ code: 0, rows: 10 });
  expect(lines[1]).toMatch(new RegExp(`^001,${day(205)},`));
  const asIs = await bellwether('forecast-again', 'sales', ...tables.slice(0, 2));
  const means = (text: readonly string[]) => text.slice(1).map((line) => Number(line.split(',').at(-1)));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  expect(total(means(lines))).toBeGreaterThan(1.1 * total(means(asIs.out.trimEnd().split('\n'))));
});

test('a name that ends in .parquet gives a table in Parquet', async () => {
  const { code } = await bellwether('forecast-again', 'sales', '--output', place('again.parquet'));
  expect({ code, magic: readFileSync(place('again.parquet')).toString('latin1', 0, 4) }).toEqual({
    code: 0,
    magic: 'PAR1',
  });
});

test('what it does not know is refused with what to do', async () => {
  expect(await bellwether('forecast-again', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(forecaster-not-found)'),
  });
  expect(await bellwether('forecast-again', 'sales', '--item', '009')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(item-unknown)'),
  });
});
