import type { Engine } from '../engine.ts';
import type { Batches, Cell, NamedColumn } from '../table.ts';
import type { LoadOptions } from '../warehouse.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { findTable } from './find-table.ts';

/**
 * Makes a table with these rows: they are written beside it and put in its place when they are all there.
 *
 * @throws WarehouseError `warehouse-table-exists`, `warehouse-name-ambiguous`
 */
export async function loadTable(
  engine: Engine,
  name: string,
  columns: readonly NamedColumn[],
  rows: Batches<readonly Cell[]>,
  { replace = false, signal }: LoadOptions,
): Promise<{ readonly rows: number }> {
  const { quote, fold, typeOf, tableOptions } = engine.dialect;
  const taken = await findTable(engine, name);
  if (taken !== undefined && !replace) {
    throw new WarehouseError('warehouse-table-exists', `there is a table ${taken.name} already`);
  }
  const target = taken?.name ?? fold(name);
  const staged = {
    name: fold(`${name}__new`),
    columns: columns.map((column) => ({ name: column.name, kind: column.kind, stored: fold(column.name) })),
  };
  checkNames(name, columns);
  const definitions = staged.columns.map(({ stored, kind }) => `${quote(stored)} ${typeOf(kind)}`);
  const dropStaged = `DROP TABLE IF EXISTS ${quote(staged.name)}`;
  const load = engine.define(async (session) => {
    await session.run(dropStaged);
    await session.run(`CREATE TABLE ${quote(staged.name)} (${definitions.join(', ')})${tableOptions}`);
    const count = await session.insert(staged, rows, signal);
    for (const statement of engine.swapIn(staged.name, target, taken !== undefined)) await session.run(statement);
    return { rows: count };
  });
  try {
    return await load;
  } catch (error) {
    // Not every engine rolls back what made a table. Another failure would hide the first.
    await engine.define((session) => session.run(dropStaged)).catch(() => undefined);
    throw error;
  }
}

function checkNames(table: string, columns: readonly NamedColumn[]): void {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  if (names.size === columns.length && columns.length > 0 && !names.has('')) return;
  throw new WarehouseError(
    'warehouse-name-ambiguous',
    `columns of ${table} need names that differ in more than case: ${columns.map(({ name }) => name).join(', ')}`,
  );
}
