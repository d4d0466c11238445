import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from '@bellwether/warehouse';
import { expect } from '@jest/globals';
import { targetColumns, type WarehouseCase, type WarehouseSubject } from './warehouse-subject.ts';

async function loaded({ warehouse }: WarehouseSubject, rows: readonly (readonly Cell[])[]) {
  await warehouse.loadTable('sales_target', targetColumns, [rows]);
  const table = await warehouse.describeTable('sales_target');
  if (table === undefined) throw new Error('not there');
  return table;
}

export const exportCases: readonly WarehouseCase[] = [
  {
    title: 'a table is written as CSV with a header, texts quoted where they must be',
    async run(subject) {
      const table = await loaded(subject, [
        ['a,"b"', '2026-01-01T12:30:00.000Z', 1.5],
        ['c', null, null],
      ]);
      const path = join(subject.folder, 'rows.csv');
      expect(await subject.warehouse.exportTable(table, path, { format: 'csv' })).toEqual({ rows: 2 });
      const [head, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
      expect(head).toBe('item_id,timestamp,target_value');
      expect(lines.sort()).toEqual(['"a,""b""",2026-01-01 12:30:00,1.5', 'c,,']);
    },
  },
  {
    title: 'a table is written as Parquet, of some columns and rows if asked',
    async run(subject) {
      const table = await loaded(subject, [
        ['a', '2026-01-01T00:00:00.000Z', 1.5],
        ['b', '2026-01-01T00:00:00.000Z', 2.5],
      ]);
      const path = join(subject.folder, "it's.parquet");
      const options = { format: 'parquet', columns: ['target_value', 'item_id'], where: { item_id: 'b' } } as const;
      expect(await subject.warehouse.exportTable(table, path, options)).toEqual({ rows: 1 });
      const bytes = await readFile(path);
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('PAR1');
      expect(bytes.subarray(-4).toString('latin1')).toBe('PAR1');
    },
  },
];
