import type { ColumnKind, WarehouseTable } from './table.ts';
import { WarehouseError } from './warehouse-error.ts';

/**
 * Tables from the rows of a catalogue, which come by table and in the order of the columns.
 *
 * @throws WarehouseError `warehouse-name-ambiguous` when names of columns differ in case alone
 */
export function tablesOf(
  rows: readonly (readonly [table: string, column: string, type: string])[],
  kindOf: (type: string) => ColumnKind,
): WarehouseTable[] {
  const byTable = Map.groupBy(rows, ([table]) => table);
  return [...byTable].map(([name, columns]) => {
    const seen = new Set<string>();
    return {
      name,
      columns: columns.map(([, stored, type]) => {
        const column = stored.toLowerCase();
        if (seen.has(column)) {
          throw new WarehouseError(
            'warehouse-name-ambiguous',
            `the table ${name} has two columns named ${column} that differ in case alone; rename one of them`,
          );
        }
        seen.add(column);
        return { name: column, stored, kind: kindOf(type) };
      }),
    };
  });
}
