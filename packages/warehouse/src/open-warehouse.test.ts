import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { openWarehouse } from './open-warehouse.ts';

test('without configuration the warehouse is a file in the data folder, made at its first use', async () => {
  using folder = temporaryFolder();
  const warehouse = await openWarehouse(readConfig({ DATA_DIR: join(folder.path, 'data') }));
  expect(warehouse.kind).toBe('duckdb');
  expect(existsSync(join(folder.path, 'data'))).toBe(false);
  await warehouse.migrate();
  expect(existsSync(join(folder.path, 'data', 'warehouse.duckdb'))).toBe(true);
});

test('the file may be elsewhere', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'sales.db');
  const warehouse = await openWarehouse(readConfig({ WAREHOUSE_URL: `duckdb:${file}` }));
  await warehouse.migrate();
  expect(existsSync(file)).toBe(true);
});

test.each([
  { WAREHOUSE_URL: 'mysql://user:tiger@host/shop' },
  { WAREHOUSE: 'mysql' },
  { WAREHOUSE: 'mysql', WAREHOUSE_URL: 'postgres://user:tiger@host/shop' },
  { WAREHOUSE: 'mysql', WAREHOUSE_URL: 'mysql://user:tiger@host' },
  { WAREHOUSE: 'mysql', WAREHOUSE_URL: 'user:tiger@host' },
  { WAREHOUSE: 'snowflake', SNOWFLAKE_PASSWORD: 'tiger' },
])('%j is refused without saying its secrets', async (env) => {
  await expect(openWarehouse(readConfig(env))).rejects.toMatchObject({
    code: 'warehouse-config',
    message: expect.not.stringContaining('tiger'),
  });
});
