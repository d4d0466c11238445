import { join } from 'node:path';
import type { Config } from '@bellwether/platform';
import { duckdbEngine } from './duckdb/duckdb-engine.ts';
import type { Engine } from './engine.ts';
import { mysqlEngine } from './mysql/mysql-engine.ts';
import { createWarehouse } from './port/create-warehouse.ts';
import { loadDriver } from './snowflake/load-driver.ts';
import { snowflakeEngine } from './snowflake/snowflake-engine.ts';
import { snowflakeSettings } from './snowflake/snowflake-settings.ts';
import type { Warehouse } from './warehouse.ts';
import { WarehouseError } from './warehouse-error.ts';

/** What of the configuration a warehouse is opened by. */
export type WarehouseConfig = Pick<
  Config,
  'DATA_DIR' | 'WAREHOUSE' | 'WAREHOUSE_URL' | Extract<keyof Config, `SNOWFLAKE_${string}`>
>;

/**
 * The warehouse of the configuration. Nothing is connected before the first call.
 *
 * @throws WarehouseError `warehouse-config`, `warehouse-driver-missing`
 */
export async function openWarehouse(config: WarehouseConfig): Promise<Warehouse> {
  return createWarehouse(await openEngine(config));
}

async function openEngine(config: WarehouseConfig): Promise<Engine> {
  if (config.WAREHOUSE === 'duckdb') return duckdbEngine(duckdbFile(config));
  if (config.WAREHOUSE === 'mysql') return mysqlEngine(mysqlUrl(config));
  // First, so that a wrong configuration is said without the second that the driver takes to load.
  const settings = snowflakeSettings(config);
  return snowflakeEngine(await loadDriver(), settings);
}

function duckdbFile({ DATA_DIR, WAREHOUSE_URL }: WarehouseConfig): string {
  if (WAREHOUSE_URL === undefined) return join(DATA_DIR, 'warehouse.duckdb');
  const [, path] = /^duckdb:(?:\/\/)?(.+)$/.exec(WAREHOUSE_URL) ?? [];
  if (path !== undefined) return path;
  throw new WarehouseError('warehouse-config', 'with WAREHOUSE=duckdb, WAREHOUSE_URL is duckdb:<path>');
}

function mysqlUrl({ WAREHOUSE_URL = '' }: WarehouseConfig): string {
  // Without the URL in the message: it holds a password.
  const { protocol, pathname } = URL.parse(WAREHOUSE_URL) ?? {};
  if (protocol === 'mysql:' && pathname !== undefined && pathname.length > 1) return WAREHOUSE_URL;
  throw new WarehouseError(
    'warehouse-config',
    'with WAREHOUSE=mysql, WAREHOUSE_URL is mysql://user:password@host:port/database',
  );
}
