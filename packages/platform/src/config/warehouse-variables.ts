import { z } from 'zod';

/** Where forecasts are read from and written to: a part of `Variables`. */
export const warehouseVariables = {
  WAREHOUSE: z
    .enum(['duckdb', 'mysql', 'snowflake'])
    .default('duckdb')
    .describe('Where the tables of forecasts are: a file of DuckDB’s, MySQL or MariaDB, or Snowflake'),
  WAREHOUSE_URL: z
    .string()
    .optional()
    .describe(
      'duckdb:<path> (default: a file in DATA_DIR), mysql://user:password@host/name, or Snowflake’s address when it is not the account’s own',
    ),
  SNOWFLAKE_ACCOUNT: z.string().optional().describe('Account identifier of Snowflake: organisation-account'),
  SNOWFLAKE_USER: z.string().optional().describe('User of Snowflake'),
  SNOWFLAKE_PASSWORD: z
    .string()
    .optional()
    .describe('Its password or programmatic access token; or give SNOWFLAKE_PRIVATE_KEY_FILE')
    .meta({ isSecret: true }),
  SNOWFLAKE_PRIVATE_KEY_FILE: z.string().optional().describe('PEM file of the user’s private key (key-pair login)'),
  SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: z
    .string()
    .optional()
    .describe('Passphrase of that key, if it has one')
    .meta({ isSecret: true }),
  SNOWFLAKE_DATABASE: z.string().optional().describe('Database of Snowflake that holds the tables'),
  SNOWFLAKE_SCHEMA: z.string().default('PUBLIC').describe('Schema of Snowflake that holds the tables'),
  SNOWFLAKE_ROLE: z.string().optional().describe('Role in Snowflake. Default: the user’s own'),
  SNOWFLAKE_WAREHOUSE: z.string().optional().describe('Compute warehouse of Snowflake. Default: the user’s own'),
};
