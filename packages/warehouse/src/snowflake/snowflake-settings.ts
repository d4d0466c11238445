import type { Config } from '@bellwether/platform';
import { WarehouseError } from '../warehouse-error.ts';
import type { SnowflakeSettings } from './connections.ts';

type SnowflakeConfig = Pick<Config, 'WAREHOUSE_URL' | Extract<keyof Config, `SNOWFLAKE_${string}`>>;

/**
 * What the driver is given of the configuration.
 *
 * @throws WarehouseError `warehouse-config` naming what is missing
 */
export function snowflakeSettings(config: SnowflakeConfig): SnowflakeSettings {
  const {
    SNOWFLAKE_ACCOUNT: account,
    SNOWFLAKE_USER: username,
    SNOWFLAKE_DATABASE: database,
    SNOWFLAKE_PASSWORD: password,
    SNOWFLAKE_PRIVATE_KEY_FILE: keyFile,
  } = config;
  const needed = { SNOWFLAKE_ACCOUNT: account, SNOWFLAKE_USER: username, SNOWFLAKE_DATABASE: database };
  const missing = [
    ...Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : [])),
    ...(password === undefined && keyFile === undefined ? ['SNOWFLAKE_PASSWORD or SNOWFLAKE_PRIVATE_KEY_FILE'] : []),
  ];
  if (account === undefined || username === undefined || database === undefined || missing.length > 0) {
    throw new WarehouseError('warehouse-config', `WAREHOUSE=snowflake needs ${missing.join(', ')}`);
  }
  return {
    account,
    username,
    database,
    schema: config.SNOWFLAKE_SCHEMA,
    ...login(password, keyFile, config.SNOWFLAKE_PRIVATE_KEY_PASSPHRASE),
    ...(config.WAREHOUSE_URL === undefined ? {} : { accessUrl: config.WAREHOUSE_URL }),
    ...(config.SNOWFLAKE_ROLE === undefined ? {} : { role: config.SNOWFLAKE_ROLE }),
    ...(config.SNOWFLAKE_WAREHOUSE === undefined ? {} : { warehouse: config.SNOWFLAKE_WAREHOUSE }),
    application: 'Bellwether',
    // Below it the driver sends parameters with the statement. What is above it would go to a stage, which the driver
    // would make within our transaction.
    arrayBindingThreshold: 100_000,
    // A job waits for its turn by a delayed message, not here.
    sfRetryMaxLoginRetries: 2,
  };
}

function login(
  password: string | undefined,
  privateKeyPath: string | undefined,
  privateKeyPass: string | undefined,
): Partial<SnowflakeSettings> {
  if (privateKeyPath === undefined) return password === undefined ? {} : { password };
  return {
    authenticator: 'SNOWFLAKE_JWT',
    privateKeyPath,
    ...(privateKeyPass === undefined ? {} : { privateKeyPass }),
  };
}
