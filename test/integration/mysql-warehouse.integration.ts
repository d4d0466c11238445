import { readConfig } from '@bellwether/platform';
import { temporaryFolder, temporaryMysqlDatabase } from '@bellwether/testkit';
import { warehouseConformance } from '@bellwether/testkit/conformance';
import { openWarehouse } from '@bellwether/warehouse';

const { TEST_MYSQL_URL = '' } = process.env;

warehouseConformance(
  'MySQL warehouse',
  async () => {
    const folder = temporaryFolder();
    const database = await temporaryMysqlDatabase(TEST_MYSQL_URL, { migrated: false });
    const config = readConfig({ WAREHOUSE: 'mysql', WAREHOUSE_URL: database.url });
    const [warehouse, other] = await Promise.all([openWarehouse(config), openWarehouse(config)]);
    return {
      warehouse,
      other,
      folder: folder.path,
      async close() {
        await Promise.all([warehouse.close(), other.close()]);
        await database[Symbol.asyncDispose]();
        folder[Symbol.dispose]();
      },
    };
  },
  { lacks: { 'boolean-columns': 'a BOOLEAN of MySQL is a whole number' } },
);
