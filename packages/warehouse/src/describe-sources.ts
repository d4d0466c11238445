import { type SourceRole, sourceTableName } from './data-name.ts';
import type { WarehouseTable } from './table.ts';
import type { Warehouse } from './warehouse.ts';
import { WarehouseError } from './warehouse-error.ts';

/** The tables of one data name. */
export interface SourceTables {
  readonly target: WarehouseTable;
  readonly related: WarehouseTable | undefined;
  readonly validation: WarehouseTable | undefined;
}

const requiredColumns: Readonly<Record<SourceRole, readonly string[]>> = {
  target: ['item_id', 'timestamp', 'target_value'],
  related: ['item_id', 'timestamp'],
  validation: ['item_id', 'timestamp', 'target_value'],
};

/**
 * Finds `<dataName>_target`, and `_related` and `_validation` if they are there, and checks their columns.
 *
 * @throws WarehouseError `warehouse-data-name`; `warehouse-table-missing` and `warehouse-table-empty` for the target;
 *   `warehouse-columns-missing` for each of them; what the warehouse throws
 */
export async function describeSources(
  warehouse: Pick<Warehouse, 'describeTable' | 'countRows'>,
  dataName: string,
): Promise<SourceTables> {
  const find = async (role: SourceRole): Promise<WarehouseTable | undefined> => {
    const table = await warehouse.describeTable(sourceTableName(dataName, role));
    if (table !== undefined) checkColumns(table, requiredColumns[role]);
    return table;
  };
  const target = await find('target');
  if (target === undefined) throw targetMissing(dataName);
  if ((await warehouse.countRows(target)) === 0) {
    throw new WarehouseError('warehouse-table-empty', `the table ${target.name} has no rows`);
  }
  return { target, related: await find('related'), validation: await find('validation') };
}

function targetMissing(dataName: string): WarehouseError {
  const name = sourceTableName(dataName, 'target');
  const columns = requiredColumns.target.join(', ');
  return new WarehouseError('warehouse-table-missing', `there is no table ${name} with the columns ${columns}`);
}

function checkColumns(table: WarehouseTable, required: readonly string[]): void {
  const names = table.columns.map(({ name }) => name);
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  throw new WarehouseError(
    'warehouse-columns-missing',
    `the table ${table.name} needs the columns ${required.join(', ')}; it lacks ${missing.join(', ')} and has ${names.join(', ')}`,
  );
}
