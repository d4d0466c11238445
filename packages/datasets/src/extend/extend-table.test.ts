import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column, Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { filesIn, inspectHere, temporaryFolder } from '../../test/inspect-here.ts';
import { parquetBytes } from '../../test/write-parquet.ts';
import { readFrame } from '../read/read-frame.ts';
import { readRows } from '../read/read-rows.ts';
import { extendTable, type TableExtension } from './extend-table.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: true });

async function extended(source: string, extension: Partial<TableExtension>) {
  const folder = await temporaryFolder();
  const output = join(folder, 'extended.parquet');
  const counts = await extendTable(source, { output, folder, inputs: [], added: [], compute: () => [], ...extension });
  return { ...counts, output, folder };
}

test('new columns stand after the table’s own, with its values and rows as they were', async () => {
  const stored = await inspectHere('x,city,paid\n1.5,Rome,true\n,Łódź,\n-2,,false\n');
  const inputs = [column('x', 'numeric'), column('city', 'categorical'), column('paid', 'boolean')];
  const seen: Frame[] = [];

  const { output, rows, folder } = await extended(stored.output, {
    inputs,
    added: [
      { name: 'twice "x"', type: 'number' },
      { name: 'whole', type: 'integer' },
      { name: 'flag', type: 'boolean' },
      { name: 'word', type: 'text' },
    ],
    compute: (block) => {
      seen.push(block);
      return [Float64Array.of(3, Number.NaN, -4), [1, null, 3], [true, false, null], ['a', null, 'ü']];
    },
  });

  expect(rows).toBe(3);
  expect(seen.map((block) => block.columns)).toEqual([
    [
      { name: 'x', type: 'numeric', values: Float64Array.of(1.5, Number.NaN, -2) },
      { name: 'city', type: 'categorical', codes: Int32Array.of(0, 1, -1), levels: ['Rome', 'Łódź'] },
      { name: 'paid', type: 'numeric', values: Float64Array.of(1, Number.NaN, 0) },
    ],
  ]);
  expect(await readRows(output, { offset: 0, limit: 3 })).toEqual([
    { x: 1.5, city: 'Rome', paid: true, 'twice "x"': 3, whole: 1, flag: true, word: 'a' },
    { x: null, city: 'Łódź', paid: null, 'twice "x"': null, whole: null, flag: false, word: null },
    { x: -2, city: null, paid: false, 'twice "x"': -4, whole: 3, flag: null, word: 'ü' },
  ]);
  expect(await filesIn(folder)).toEqual(['extended.parquet']);
});

test('each of many rows has the value that was computed for it, over blocks, chunks and row groups', async () => {
  const source = join(await temporaryFolder(), 'many.parquet');
  const query = "SELECT (i * 7919) % 300007 AS x, 'k' || (i % 613) AS k FROM range(300000) t(i)";
  await writeFile(source, await parquetBytes(query, ', ROW_GROUP_SIZE 4096'));
  const fractions: number[] = [];

  const { output, rows } = await extended(source, {
    inputs: [column('x', 'integer'), column('k', 'categorical')],
    added: [
      { name: 'y', type: 'number' },
      { name: 'l', type: 'text' },
    ],
    compute: ({ columns: [x, k] }) => {
      if (x?.type !== 'numeric' || k?.type !== 'categorical') throw new Error('other types');
      return [x.values.map((value) => value * 2), Array.from(k.codes, (code) => k.levels[code] ?? null)];
    },
    onProgress: (fraction) => fractions.push(fraction),
  });

  const inputs = [column('x', 'integer'), column('k', 'text'), column('y', 'numeric'), column('l', 'text')];
  const [x, k, y, l] = (await readFrame(output, { columns: inputs })).columns;
  if (x?.type !== 'numeric' || y?.type !== 'numeric') throw new Error('other types');
  if (k?.type !== 'categorical' || l?.type !== 'categorical') throw new Error('other types');
  expect(rows).toBe(300_000);
  expect(x.values.findIndex((value, row) => value !== (row * 7919) % 300_007)).toBe(-1);
  expect(y.values.findIndex((value, row) => value !== (x.values[row] as number) * 2)).toBe(-1);
  expect(l.codes.findIndex((code, row) => l.levels[code] !== k.levels[k.codes[row] as number])).toBe(-1);
  expect(fractions.length).toBeGreaterThan(3);
  expect(fractions.at(-1)).toBe(1);
});

test('a computation that fails leaves no file', async () => {
  const stored = await inspectHere('x,y\n1,2\n3,4\n');
  const folder = await temporaryFolder();
  const extension = {
    output: join(folder, 'out.parquet'),
    folder,
    inputs: [column('x', 'integer')],
    added: [{ name: 'z', type: 'number' as const }],
    compute: () => {
      throw new Error('no value for this row');
    },
  };

  await expect(extendTable(stored.output, extension)).rejects.toThrow('no value for this row');
  expect(await filesIn(folder)).toEqual([]);
});
