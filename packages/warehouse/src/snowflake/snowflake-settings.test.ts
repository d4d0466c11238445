import { readConfig } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { type Driver, loadDriver } from './load-driver.ts';
import { snowflakeSettings } from './snowflake-settings.ts';

const login = { SNOWFLAKE_ACCOUNT: 'org-shop', SNOWFLAKE_USER: 'FORECASTER', SNOWFLAKE_DATABASE: 'SALES' };

test('what is missing is named, without what is there', () => {
  const config = readConfig({
    WAREHOUSE: 'snowflake',
    SNOWFLAKE_USER: 'FORECASTER',
    SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'tiger',
  });
  expect(() => snowflakeSettings(config)).toThrow(
    expect.objectContaining({
      code: 'warehouse-config',
      message:
        'WAREHOUSE=snowflake needs SNOWFLAKE_ACCOUNT, SNOWFLAKE_DATABASE, SNOWFLAKE_PASSWORD or SNOWFLAKE_PRIVATE_KEY_FILE',
    }),
  );
});

test('a private key is preferred to a password', () => {
  expect(snowflakeSettings(readConfig({ ...login, SNOWFLAKE_PASSWORD: 'tiger' }))).toMatchObject({
    account: 'org-shop',
    schema: 'PUBLIC',
    password: 'tiger',
  });
  const keyed = snowflakeSettings(
    readConfig({ ...login, SNOWFLAKE_PASSWORD: 'tiger', SNOWFLAKE_PRIVATE_KEY_FILE: '/k.p8', SNOWFLAKE_ROLE: 'R' }),
  );
  expect(keyed).toMatchObject({ authenticator: 'SNOWFLAKE_JWT', privateKeyPath: '/k.p8', role: 'R' });
  expect(keyed).not.toHaveProperty('password');
});

test('a driver that is not installed is said with the command that installs it', async () => {
  const absent = async (): Promise<{ default: Driver }> => {
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  await expect(loadDriver(absent)).rejects.toMatchObject({
    code: 'warehouse-driver-missing',
    message: expect.stringContaining('add --save-optional snowflake-sdk@'),
  });
});
