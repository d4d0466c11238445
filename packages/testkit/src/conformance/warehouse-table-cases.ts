import { join } from 'node:path';
import { describeSources, type NamedColumn } from '@bellwether/warehouse';
import { expect } from '@jest/globals';
import { rowsOf, targetColumns, type WarehouseCase } from './warehouse-subject.ts';

const allKinds: readonly NamedColumn[] = [
  { name: 'item_id', kind: 'text' },
  { name: 'units', kind: 'integer' },
  { name: 'price', kind: 'number' },
  { name: 'day', kind: 'date' },
  { name: 'timestamp', kind: 'timestamp' },
];

const allKindsRows = [
  ['a', 3, 1.25, '2026-01-31', '2026-01-31T23:59:59.123Z'],
  ['O\'Neil "x" \\ 한국어 🐑; --', -7, 1e-7, '1999-12-31', '1969-07-20T20:17:40.000Z'],
  ['', null, null, null, null],
  ['big', '9007199254740993', 1e21, '2000-02-29', '2400-01-01T00:00:00.000Z'],
];

export const tableCases: readonly WarehouseCase[] = [
  {
    title: 'a table is found whatever the case of its name, and its columns are named in lower case',
    async run({ warehouse }) {
      await warehouse.loadTable('Sales_Target', [{ name: 'Item_ID', kind: 'text' }], [[['a']]]);
      for (const name of ['Sales_Target', 'sales_target', 'SALES_TARGET']) {
        expect((await warehouse.describeTable(name))?.columns).toMatchObject([{ name: 'item_id', kind: 'text' }]);
      }
      expect(await rowsOf(warehouse, 'sales_target')).toEqual([{ item_id: 'a' }]);
    },
  },
  {
    title: 'a table that is not there is undefined',
    async run({ warehouse }) {
      expect(await warehouse.describeTable('sales_target')).toBeUndefined();
    },
  },
  {
    title: 'values of every kind come back as they were',
    async run({ warehouse }) {
      expect(await warehouse.loadTable('kinds', allKinds, [allKindsRows])).toEqual({ rows: 4 });
      const table = await warehouse.describeTable('kinds');
      expect(table?.columns.map(({ name, kind }) => ({ name, kind }))).toEqual(allKinds);
      const found = await rowsOf(warehouse, 'kinds');
      const expected = allKindsRows.map((row) =>
        Object.fromEntries(allKinds.map(({ name }, index) => [name, row[index]])),
      );
      expect(found).toHaveLength(4);
      expect(found).toEqual(expect.arrayContaining(expected));
    },
  },
  {
    title: 'truth values come back as they were',
    needs: 'boolean-columns',
    async run({ warehouse }) {
      await warehouse.loadTable('flags', [{ name: 'promo', kind: 'boolean' }], [[[true]], [[null]]]);
      expect((await warehouse.describeTable('flags'))?.columns).toMatchObject([{ kind: 'boolean' }]);
      expect(await rowsOf(warehouse, 'flags')).toEqual(expect.arrayContaining([{ promo: true }, { promo: null }]));
    },
  },
  {
    title: 'columns come in the order that is asked for, rows by value, and no more than the limit',
    async run({ warehouse }) {
      await warehouse.loadTable('kinds', allKinds, [allKindsRows]);
      const table = await warehouse.describeTable('kinds');
      if (table === undefined) throw new Error('not there');
      const found = [];
      for await (const batch of warehouse.readRows(table, { columns: ['UNITS', 'item_id'], where: { item_id: 'a' } }))
        found.push(...batch);
      expect(found).toEqual([[3, 'a']]);
      const limited = [];
      for await (const batch of warehouse.readRows(table, { limit: 2 })) limited.push(...batch);
      expect(limited).toHaveLength(2);
      expect(() => warehouse.readRows(table, { columns: ['nope'] })).toThrow(
        expect.objectContaining({ code: 'warehouse-columns-missing' }),
      );
    },
  },
  {
    title: 'a longer table comes in batches, and whoever stops early leaves nothing open',
    async run({ warehouse }) {
      const batch = Array.from({ length: 1000 }, (_, index) => [`i${index}`, '2026-01-01T00:00:00.000Z', index]);
      const rows = Array.from({ length: 5 }, () => batch);
      expect(await warehouse.loadTable('sales_target', targetColumns, rows)).toEqual({ rows: 5000 });
      const table = await warehouse.describeTable('sales_target');
      if (table === undefined) throw new Error('not there');
      expect(await warehouse.countRows(table)).toBe(5000);
      const sizes = [];
      for await (const part of warehouse.readRows(table)) sizes.push(part.length);
      expect(sizes.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5000);
      for await (const part of warehouse.readRows(table)) {
        expect(part.length).toBeGreaterThan(0);
        break;
      }
      // A read that still held the table would keep it from being replaced.
      await warehouse.loadTable('sales_target', targetColumns, [], { replace: true });
      expect(await warehouse.countRows(table)).toBe(0);
    },
  },
  {
    title: 'a read, an export and a load that are aborted throw the signal’s reason',
    async run({ warehouse, folder }) {
      await warehouse.loadTable('sales_target', targetColumns, [[['a', '2026-01-01T00:00:00.000Z', 1]]]);
      const table = await warehouse.describeTable('sales_target');
      if (table === undefined) throw new Error('not there');
      const reason = new Error('enough');
      const signal = AbortSignal.abort(reason);
      await expect(warehouse.readRows(table, { signal }).next()).rejects.toBe(reason);
      const path = join(folder, 'rows.csv');
      await expect(warehouse.exportTable(table, path, { format: 'csv', signal })).rejects.toBe(reason);
      const rows = [[['b', '2026-01-01T00:00:00.000Z', 2]]];
      await expect(warehouse.loadTable('sales_target', targetColumns, rows, { replace: true, signal })).rejects.toBe(
        reason,
      );
      expect(await rowsOf(warehouse, 'sales_target')).toMatchObject([{ item_id: 'a' }]);
    },
  },
  {
    title: 'a read that is aborted half-way throws the signal’s reason, and the next one works',
    async run({ warehouse }) {
      const batch = Array.from({ length: 5000 }, (_, index) => [`i${index}`, '2026-01-01T00:00:00.000Z', index]);
      await warehouse.loadTable('sales_target', targetColumns, [batch]);
      const table = await warehouse.describeTable('sales_target');
      if (table === undefined) throw new Error('not there');
      const controller = new AbortController();
      const reason = new Error('enough');
      const read = async () => {
        for await (const _ of warehouse.readRows(table, { signal: controller.signal })) controller.abort(reason);
      };
      await expect(read()).rejects.toBe(reason);
      expect(await warehouse.countRows(table)).toBe(5000);
    },
  },
  {
    title: 'a table is replaced only when that is asked for, and stays when its new rows fail',
    async run({ warehouse }) {
      const one = [['a', '2026-01-01T00:00:00.000Z', 1]];
      await warehouse.loadTable('sales_target', targetColumns, [one]);
      await expect(warehouse.loadTable('SALES_TARGET', targetColumns, [one])).rejects.toMatchObject({
        code: 'warehouse-table-exists',
      });
      async function* broken() {
        yield [['b', '2026-01-01T00:00:00.000Z', 2]];
        throw new Error('the file ended early');
      }
      await expect(warehouse.loadTable('sales_target', targetColumns, broken(), { replace: true })).rejects.toThrow(
        'the file ended early',
      );
      expect(await warehouse.describeTable('sales_target__new')).toBeUndefined();
      expect(await rowsOf(warehouse, 'sales_target')).toMatchObject([{ item_id: 'a' }]);
      await warehouse.loadTable('sales_target', [{ name: 'x', kind: 'integer' }], [[[5]]], { replace: true });
      expect(await rowsOf(warehouse, 'sales_target')).toEqual([{ x: 5 }]);
    },
  },
  {
    title: 'a value that its column cannot hold is refused',
    async run({ warehouse }) {
      const load = warehouse.loadTable('kinds', [{ name: 'units', kind: 'integer' }], [[['many']]]);
      await expect(load).rejects.toMatchObject({ code: 'warehouse-value', isRetryable: false });
    },
  },
  {
    title: 'the tables of a data name are found; what is missing is said with its name',
    async run({ warehouse }) {
      await expect(describeSources(warehouse, 'no-name')).rejects.toMatchObject({ code: 'warehouse-data-name' });
      await expect(describeSources(warehouse, 'sales')).rejects.toMatchObject({
        code: 'warehouse-table-missing',
        message: expect.stringMatching(/sales_target.*item_id, timestamp, target_value/),
      });
      await warehouse.loadTable('sales_target', targetColumns, []);
      await expect(describeSources(warehouse, 'sales')).rejects.toMatchObject({ code: 'warehouse-table-empty' });
      const row = ['a', '2026-01-01T00:00:00.000Z', 1];
      await warehouse.loadTable('sales_target', targetColumns, [[row]], { replace: true });
      expect(await describeSources(warehouse, 'Sales')).toMatchObject({
        target: { columns: targetColumns.map(({ name }) => ({ name })) },
        related: undefined,
        validation: undefined,
      });
      await warehouse.loadTable('sales_related', [{ name: 'item_id', kind: 'text' }], []);
      await expect(describeSources(warehouse, 'sales')).rejects.toMatchObject({
        code: 'warehouse-columns-missing',
        message: expect.stringMatching(/it lacks timestamp/),
      });
    },
  },
];
