import { randomBytes } from 'node:crypto';
import { readConfig } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { warehouseConformance } from '@bellwether/testkit/conformance';
import { startFakesnow } from '@bellwether/testkit/fakesnow';
import { openWarehouse } from '@bellwether/warehouse';

let server: Awaited<ReturnType<typeof startFakesnow>>;

warehouseConformance(
  'Snowflake warehouse',
  async () => {
    const folder = temporaryFolder();
    const config = readConfig({
      WAREHOUSE: 'snowflake',
      WAREHOUSE_URL: server.endpoint,
      SNOWFLAKE_ACCOUNT: 'fakesnow',
      SNOWFLAKE_USER: 'bellwether',
      SNOWFLAKE_PASSWORD: 'any',
      SNOWFLAKE_DATABASE: `T${randomBytes(5).toString('hex').toUpperCase()}`,
      SNOWFLAKE_SCHEMA: 'PUBLIC',
    });
    const [warehouse, other] = await Promise.all([openWarehouse(config), openWarehouse(config)]);
    return {
      warehouse,
      other,
      folder: folder.path,
      async close() {
        await Promise.all([warehouse.close(), other.close()]);
        folder[Symbol.dispose]();
      },
    };
  },
  {
    lacks: {
      'limited-texts': 'fakesnow stores texts of any length',
      'concurrent-writers': 'fakesnow fails the second of two transactions that meet, where Snowflake lets it wait',
    },
    async start() {
      server = await startFakesnow();
    },
    async stop() {
      await server[Symbol.asyncDispose]();
    },
  },
);
