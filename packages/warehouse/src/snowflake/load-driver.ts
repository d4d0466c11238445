import { WarehouseError } from '../warehouse-error.ts';

export type Driver = typeof import('snowflake-sdk');

/**
 * Snowflake's driver, which an installation may leave out.
 *
 * @throws WarehouseError `warehouse-driver-missing`, with the command that installs it
 */
export async function loadDriver(
  load: () => Promise<{ readonly default: Driver }> = () => import('snowflake-sdk'),
): Promise<Driver> {
  // It would ask the cloud's metadata address and AWS STS who this machine is, as soon as it is loaded, and tell its maker.
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION ??= 'true';
  process.env.SNOWFLAKE_DISABLE_MINICORE ??= 'true';
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE ??= 'true';
  try {
    const { default: driver } = await load();
    // It would write a file snowflake.log into the working directory.
    driver.configure({ logLevel: 'OFF', additionalLogToConsole: false });
    return driver;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new WarehouseError(
      'warehouse-driver-missing',
      'WAREHOUSE=snowflake needs the package snowflake-sdk; install it: npx pnpm@12 --filter @bellwether/warehouse add --save-optional snowflake-sdk@3.3.0',
    );
  }
}
