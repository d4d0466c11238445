import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, jest, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { expectInventoryStory } from './platform/inventory-story.ts';
import { runGuide } from './platform/run-guide.ts';
import { startPlatform } from './platform/start-platform.ts';

// Each command of the command line is a process of its own.
jest.setTimeout(180_000);

test('the guide to orders per product does what it says', async () => {
  await using started = await startPlatform();
  using folder = temporaryFolder();
  const outputs = await runGuide('orders-per-product.md', started.url, folder.path);
  const [, trained, predicted, all] = outputs;
  expect(outputs).toHaveLength(5);
  expect(all).toMatch(/^ds_\w+\n/);
  expect(all).toContain('"kind":"batch-prediction"');
  expect(trained).toContain('predict weekly-orders --item <PRODUCT_ID>');
  expect(predicted).toMatch(/^2025-02-24 {2}[\d.]+\n2025-03-03 {2}[\d.]+\n2025-03-10 {2}[\d.]+\n\{"item":"4048"/);

  const user = clientOf(started.url, 'local');
  const moved = await eventually('the next week', async () => {
    const { body } = await user.call<{ periodStart: string }>('GET', '/predict/4048');
    return body.periodStart === '2025-03-03' && body;
  });
  expect(moved).toMatchObject({ item: '4048', model: 'weekly-orders' });
});

test('the guide to sales and the economy does what it says', async () => {
  await using fred = await startFred();
  await using started = await startPlatform({ env: { FRED_API_KEY: sampleKey, FRED_BASE_URL: fred.url } });
  using folder = temporaryFolder();
  expectInventoryStory(await runGuide('inventory.md', started.url, folder.path));
});

test('the guide to automations does what it says', async () => {
  await using started = await startPlatform();
  using folder = temporaryFolder();

  const [, made, , shown = '', asked] = await runGuide('automations.md', started.url, folder.path);

  expect(made).toContain('each upload of orders  enrich, train weekly-orders, predict');
  expect(shown).toMatch(/status +succeeded/);
  for (const ordered of ['enrichment', 'training', 'prediction']) {
    expect(shown).toMatch(new RegExp(`${ordered}\\.ordered +{"jobId":"job_`));
  }
  expect(shown).toMatch(/upon +status[\s\S]*ds_\w+ +succeeded/);
  const { rows } = JSON.parse(shown.trim().split('\n').at(-1) ?? '') as { rows: Record<string, unknown>[] };
  expect(rows.map(({ PRODUCT_ID, CHECKOUT_DATE }) => [PRODUCT_ID, String(CHECKOUT_DATE).slice(0, 10)])).toEqual([
    [17, '2025-02-24'],
    [17, '2025-03-03'],
    [17, '2025-03-10'],
  ]);
  expect(asked?.match(/"id":"automation_/g)).toHaveLength(2);
});

test('the guide to forecasts does what it says', async () => {
  using folder = temporaryFolder();
  const warehouse = { WAREHOUSE: 'duckdb', WAREHOUSE_URL: `duckdb:${join(folder.path, 'warehouse.duckdb')}` };
  await using started = await startPlatform({ env: warehouse });

  const [byFile = '', byRequest = '', again = '', byMessage = ''] = await runGuide(
    'forecasting.md',
    started.url,
    folder.path,
    warehouse,
  );

  expect(byFile).toMatch(/^model +MASE +wQL +WAPE +coverage\[0\.8\] +windows\nensemble +0\.\d+/);
  expect(byFile).toMatch(/^route,month,p10,p50,p90,mean\nAMS-OSL,2024-01-01,[\d.]+,/m);
  expect(byFile).toMatch(/^route,month,window,model,actual,p10,p50,p90,mean\nAMS-OSL,2022-01-01,2,ensemble,\d+,/m);
  expect(readFileSync(join(folder.path, 'forecasts', 'forecasts.svg'), 'utf8')).toContain('80 % interval');
  expect(byRequest).toMatch(/^NPTS stands for npts\. /);
  const { rows } = JSON.parse(byRequest.trim().split('\n').at(-1) ?? '') as { rows: object[] };
  expect(Object.keys(rows[0] ?? {})).toEqual(['route', 'month', 'mean', 'p5', 'p50', 'p95']);
  const [head, first] = again.split('\n');
  expect(head).toBe('route,month,p5,p50,p95,mean');
  expect(first).toMatch(/^TRD-BOO,2024-01-01,[\d.]+,[\d.]+,[\d.]+,[\d.]+$/);
  expect(again).toMatch(/^route,month,p10,p50,p90,mean\nAMS-OSL,2024-01-01,.*\nroute,month,p5,p50,p95,mean\nAMS-OSL,/m);
  expect(byMessage).toMatch(/passengers +20240101[^\n]* succeeded[^\n]* true /);
  expect(byMessage).toMatch(/AMS-OSL +2024-01-01[^\n]* mean /);
});
