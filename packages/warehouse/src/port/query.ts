import type { Query } from '../engine.ts';
import type { WarehouseColumn, WarehouseTable } from '../table.ts';
import type { ReadOptions } from '../warehouse.ts';
import { WarehouseError } from '../warehouse-error.ts';

/**
 * What of a table is to be read.
 *
 * @throws WarehouseError `warehouse-columns-missing`
 */
export function queryOf(table: WarehouseTable, { columns, where = {}, limit }: ReadOptions): Query {
  const column = (name: string): WarehouseColumn => {
    const found = table.columns.find((candidate) => candidate.name === name.toLowerCase());
    if (found !== undefined) return found;
    throw new WarehouseError('warehouse-columns-missing', `the table ${table.name} has no column ${name}`);
  };
  return {
    table,
    columns: columns === undefined ? table.columns : columns.map(column),
    where: Object.entries(where).map(([name, value]) => [column(name).stored, value] as const),
    limit,
  };
}
