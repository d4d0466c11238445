import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

// A job takes some ten processes, one after the other.
jest.setTimeout(120_000);

let folder: TemporaryFolder;
let sales: string;
beforeAll(() => {
  folder = temporaryFolder();
  sales = join(folder.path, 'sales.csv');
  const rows = ['001', '002'].flatMap((item) =>
    Array.from({ length: 70 }, (_, at) => {
      const day = new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
      return `${item},${day},${at % 5 === 0 ? 1 : 0},${20 + 3 * (at % 7) + (at % 5 === 0 ? 9 : 0)}`;
    }),
  );
  writeFileSync(sales, ['unique_id,ds,deal,y', ...rows, ''].join('\n'));
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);
const columns = ['--item', 'unique_id', '--time', 'ds', '--target', 'y'];

test('a table becomes forecasts, backtests and a chart, under its own names', async () => {
  const out = join(folder.path, 'out');

  const {
    code,
    err,
    out: printed,
  } = await bellwether(...['forecast', sales, '--horizon', '7', ...columns, '--quantiles', '0.9,0.1', '--out', out]);

  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/export .* s, import .* s/) });
  expect(printed).toMatch(/^model +MASE +wQL +WAPE +coverage\[0\.8\] +windows\nensemble /);
  expect(printed).toContain('forecasts: 14 rows of 2 series in ');
  const forecasts = readFileSync(join(out, 'forecasts.csv'), 'utf8').trimEnd().split('\n');
  expect(forecasts[0]).toBe('unique_id,ds,p10,p90,mean');
  expect(forecasts).toHaveLength(1 + 2 * 7);
  expect(forecasts[1]).toMatch(/^001,2024-03-11,[\d.]+,[\d.]+,[\d.]+$/);
  const backtests = readFileSync(join(out, 'backtests.csv'), 'utf8').split('\n');
  expect(backtests[0]).toBe('unique_id,ds,window,model,actual,p10,p90,mean');
  expect(backtests[1]).toMatch(/^001,2024-02-26,2,ensemble,\d+,/);
  expect(readFileSync(join(out, 'forecasts.svg'), 'utf8')).toMatch(/>001<[\s\S]*>002</);
});

test('one series of hours needs no item, and has times of day', async () => {
  const hours = join(folder.path, 'hours.csv');
  const rows = Array.from({ length: 96 }, (_, at) => {
    const hour = new Date(Date.UTC(2024, 0, 1, at)).toISOString();
    return `${hour},${50 + (at % 24)}`;
  });
  writeFileSync(hours, ['at,load', ...rows, ''].join('\n'));
  const out = join(folder.path, 'hours');

  const { code, err } = await bellwether(
    'forecast',
    hours,
    '--horizon',
    '2',
    '--windows',
    '1',
    '--predictors',
    'NPTS',
    '--out',
    out,
  );

  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('NPTS stands for npts.') });
  const lines = readFileSync(join(out, 'forecasts.csv'), 'utf8').split('\n');
  expect(lines[0]).toBe('at,p10,p50,p90,mean');
  expect(lines[1]).toMatch(/^2024-01-05T00:00:00\.000Z,/);
});

test('columns, predictors and frequencies that are not there are refused with what is near', async () => {
  const ask = (...args: string[]) => bellwether('forecast', sales, '--horizon', '7', '--out', folder.path, ...args);

  expect(await ask('--item', 'uniqueid')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /\(dataset-rejected\)\n.*no column "uniqueid" to be the item.* nearest are "unique_id",/,
    ),
  });
  expect(await ask('--item', 'ds', '--time', 'ds', '--target', 'y')).toMatchObject({
    code: 1,
    err: expect.stringContaining('named both as item and as time'),
  });
  expect(await ask(...columns, '--predictors', 'ets,thet')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/\(predictor-unknown\)\n +field: predictors\[1\]\n +cure: The nearest are theta,/),
  });
  expect(await ask(...columns, '--frequency', 'fortnight')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(frequency-invalid)'),
  });
});

test('a horizon is needed, and either a file or a dataset', async () => {
  expect((await bellwether('forecast', sales)).code).toBe(2);
  expect((await bellwether('forecast', '--horizon', '3')).code).toBe(2);
  expect((await bellwether('forecast', sales, '--horizon', '3', '--quantiles', '1')).code).toBe(2);
  expect((await bellwether('forecast', sales, '--horizon', '3', '--quantiles', '0.5,0.5')).code).toBe(2);
});

test('a pipeline forecasts a table of the warehouse and writes the results there', async () => {
  const target = join(folder.path, 'target.csv');
  const rows = readFileSync(sales, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  const lines = rows.map(([item, day, , value]) => `${item},${day},${value}`);
  writeFileSync(target, ['item_id,timestamp,target_value', ...lines, ''].join('\n'));
  await bellwether('warehouse', 'load', target, '--as', 'shop_target');

  const { code, out, err } = await bellwether(
    ...['forecast-pipeline', '--data-name', 'shop', '--horizon', '3', '--date', '20240311', '--delete'],
    ...['--predictors', 'ETS'],
  );

  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('ETS stands for ets.') });
  expect(out).toMatch(/^model +MASE[\s\S]*\nresults: forecast_values and forecast_metrics of shop, 20240311\n$/);
  const { out: shown } = await bellwether('warehouse', 'show', 'forecast_values', '--json');
  expect(JSON.parse(shown).total).toBe(2 * 3 * 4);
});

test('a backend that the server lacks is refused before anything is forecast, and says what to set', async () => {
  const { code, err } = await bellwether('forecast', sales, '--horizon', '7', ...columns, '--backend', 'sagemaker');

  expect(code).not.toBe(0);
  expect(err).toMatch(/SageMaker cannot be used without SAGEMAKER_ROLE_ARN/);
});
