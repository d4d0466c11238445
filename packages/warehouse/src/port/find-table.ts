import type { Engine } from '../engine.ts';
import type { WarehouseTable } from '../table.ts';
import { WarehouseError } from '../warehouse-error.ts';

/**
 * The table of a name: the one that is written exactly so, or as the engine folds it, or the only one that differs in
 * case.
 *
 * @throws WarehouseError `warehouse-name-ambiguous`
 */
export async function findTable(
  { findTables, dialect }: Pick<Engine, 'findTables' | 'dialect'>,
  name: string,
): Promise<WarehouseTable | undefined> {
  const tables = await findTables(name);
  const exact =
    tables.find((table) => table.name === name) ?? tables.find((table) => table.name === dialect.fold(name));
  if (exact !== undefined || tables.length <= 1) return exact ?? tables[0];
  const names = tables.map((table) => table.name).join(', ');
  throw new WarehouseError('warehouse-name-ambiguous', `the tables ${names} differ in case alone, and none is ${name}`);
}
