import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRows } from '@bellwether/datasets';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { type FredServer, sampleKey, startFred } from '@bellwether/testkit/fred';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

let folder: TemporaryFolder;
let fred: FredServer;
let sales: string;
beforeAll(async () => {
  folder = temporaryFolder();
  fred = await startFred();
  sales = join(folder.path, 'sales.csv');
  const lines = Array.from({ length: 60 }, (_, index) => {
    const day = new Date(Date.UTC(2005, 0, 3 + index)).toISOString().slice(0, 10);
    return `${day},${index % 2 === 0 ? 'ink' : 'pen'},${(index % 7) + 1}.5`;
  });
  writeFileSync(sales, ['OrderDate,product,quantity', ...lines, ''].join('\n'));
});
afterAll(async () => {
  await fred[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const bellwether = (...args: string[]) =>
  runCaptured([...args, '--data-dir', join(folder.path, 'data')], {
    env: { FRED_API_KEY: sampleKey, FRED_BASE_URL: fred.url },
  });

test('a table gets its series and is split into train, test and actuals', async () => {
  const out = join(folder.path, 'enriched');

  const {
    code,
    out: printed,
    err,
  } = await bellwether(
    ...['enrich', sales, '--date', 'OrderDate', '--target', 'quantity', '--series', 'UNRATE,CPIAUCSL'],
    ...['--split', '0.2', '--out', out],
  );

  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('UNRATE (Unemployment Rate) as FRED had it') });
  expect(printed).toMatch(/train: 48 rows .*\ntest: 12 rows .*\nactuals: 12 rows/);
  const [first] = await readRows(join(out, 'train.parquet'), { offset: 0, limit: 1 });
  expect(first).toMatchObject({ product: 'ink', UNRATE: 5.3, quantity: 1.5 });
  expect(existsSync(join(out, 'actuals.parquet'))).toBe(true);
});

test('weeks of each product get the last weeks’ sales', async () => {
  const out = join(folder.path, 'weekly');

  const { code } = await bellwether(
    ...['enrich', sales, '--date', 'OrderDate', '--item', 'product', '--target', 'quantity'],
    ...['--period', 'week', '--lags', '2', '--out', out],
  );

  expect(code).toBe(0);
  const rows = await readRows(join(out, 'enriched.parquet'), { offset: 0, limit: 3 });
  expect(rows.map((row) => row['last-1_week_sales'])).toEqual([null, rows[0]?.quantity, rows[1]?.quantity]);
});

test('without a target, lags and split take the last column', async () => {
  const out = join(folder.path, 'lagged');

  const { code, err } = await bellwether(
    ...['enrich', sales, '--date', 'OrderDate', '--series', 'UNRATE', '--lags', '2', '--split', '0.2', '--out', out],
  );

  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  const [, second] = await readRows(join(out, 'train.parquet'), { offset: 0, limit: 2 });
  expect(Object.keys(second ?? {})).toEqual(expect.arrayContaining(['quantity', 'UNRATE', 'last-1_row_sales']));
});

test('steps may come from a file, whose faults are named by their place', async () => {
  const steps = join(folder.path, 'steps.json');
  writeFileSync(steps, JSON.stringify([{ kind: 'lags', periods: 0 }]));

  const { code, err } = await bellwether('enrich', sales, '--steps', steps);

  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/\[0\.periods\][\s\S]*\(steps-invalid\)/) });
});

test('series are found by their words', async () => {
  const { code, out, err } = await bellwether('series', 'unemployment');

  expect({ code, err }).toEqual({ code: 0, err: 'page 1 of 1, 2 series\n' });
  expect(out.split('\n')[1]).toMatch(
    /^UNRATE +Unemployment Rate +Percent +Quarterly +Seasonally Adjusted +2009-07-01$/,
  );
});

test('without a key it says how to get one', async () => {
  const { code, err } = await runCaptured(['series', 'money', '--data-dir', join(folder.path, 'other')]);

  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/\(fred-key-missing\)[\s\S]*api_key\.html/) });
});

test('a split by group has whole groups on each side', async () => {
  const out = join(folder.path, 'grouped');
  const { code } = await bellwether(
    ...['enrich', sales, '--target', 'quantity', '--split', '0.3', '--group', 'product', '--out', out],
  );
  expect(code).toBe(0);
  const products = async (part: string) => {
    const rows = await readRows(join(out, `${part}.parquet`), { offset: 0, limit: 1000 });
    return new Set(rows.map(({ product }) => product));
  };
  const tested = await products('test');
  expect(tested.size).toBeGreaterThan(0);
  expect([...(await products('train'))].filter((product) => tested.has(product))).toEqual([]);
  expect((await bellwether('enrich', sales, '--group', 'product')).code).toBe(2);
});

test.each(['enrich', 'series'])('the help of %s has an example', async (command) => {
  expect((await runCaptured([command, '--help'])).out).toMatch(/Examples?:\n {2}bellwether /);
});
