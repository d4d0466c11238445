import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { warehouseConformance } from '@bellwether/testkit/conformance';
import { createWarehouse } from '../port/create-warehouse.ts';
import { duckdbEngine } from './duckdb-engine.ts';

warehouseConformance(
  'DuckDB warehouse',
  async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'made', 'warehouse.duckdb');
    return {
      warehouse: createWarehouse(duckdbEngine(file)),
      other: createWarehouse(duckdbEngine(file)),
      folder: folder.path,
      close: async () => folder[Symbol.dispose](),
    };
  },
  { lacks: { 'limited-texts': 'DuckDB knows no lengths of texts' } },
);
