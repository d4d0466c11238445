import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

test('a CSV file becomes a table that can be shown', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'sales.csv');
  writeFileSync(
    file,
    'Item_ID,timestamp,target_value\nbeans,2026-01-01,3\nbeans,2026-01-02,4.5\n"pe,as",2026-01-01,\n',
  );
  const dataDir = ['--data-dir', join(folder.path, 'data')];
  const load = ['warehouse', 'load', file, '--as', 'sales_target', ...dataDir];

  const loaded = await runCaptured(load);
  expect(loaded).toMatchObject({ code: 0, out: 'sales_target: 3 rows of item_id, timestamp, target_value\n' });

  const again = await runCaptured(load);
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('(warehouse-table-exists)') });
  expect((await runCaptured([...load, '--replace'])).code).toBe(0);

  const shown = await runCaptured(['warehouse', 'show', 'SALES_TARGET', '--limit', '2', ...dataDir]);
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^item_id +timestamp +target_value\nbeans +2026-01-01 +3\nbeans +2026-01-02 +4\.5\n$/);
  expect(shown.err).toContain('2 rows of 3');

  const json = await runCaptured(['warehouse', 'show', 'sales_target', '--json', ...dataDir]);
  expect(JSON.parse(json.out)).toMatchObject({
    total: 3,
    rows: [{}, {}, { item_id: 'pe,as', timestamp: '2026-01-01', target_value: null }],
  });
});

test('what is no table, and no warehouse, is said with a code', async () => {
  using folder = temporaryFolder();
  const dataDir = ['--data-dir', folder.path];
  const shown = await runCaptured(['warehouse', 'show', 'nothing', ...dataDir]);
  expect(shown).toMatchObject({ code: 1, err: expect.stringContaining('(warehouse-table-missing)') });
  const absent = await runCaptured(['warehouse', 'load', join(folder.path, 'no.csv'), '--as', 'x', ...dataDir]);
  expect(absent).toMatchObject({ code: 1, err: expect.stringContaining('(warehouse-file)') });
  const env = { WAREHOUSE: 'mysql', WAREHOUSE_URL: 'mysql://user:tiger@/' };
  const refused = await runCaptured(['warehouse', 'show', 'x'], { env });
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('(warehouse-config)') });
  expect(refused.err).not.toContain('tiger');
});
