export { type SourceRole, sourceTableName } from './data-name.ts';
export { describeSources, type SourceTables } from './describe-sources.ts';
export { openTableFile, type TableFile } from './file/open-table-file.ts';
export {
  type ForecastKey,
  type ForecastResults,
  type ForecastRow,
  type MetricRow,
  type ParametersChange,
  type ParametersRow,
  quantileName,
} from './forecast-results.ts';
export { type LazyWarehouse, lazyWarehouse } from './lazy-warehouse.ts';
export { openWarehouse, type WarehouseConfig } from './open-warehouse.ts';
export { retryDelay } from './retry-delay.ts';
export type * from './table.ts';
export type { ExportOptions, LoadOptions, ReadOptions, Warehouse, WriteOptions } from './warehouse.ts';
export { WarehouseError, type WarehouseErrorCode } from './warehouse-error.ts';
