import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { copyToParquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { eachBlock } from './each-block.ts';

const columns = [{ name: 'i', kind: 'integer' as const, nullable: false }];

async function tableOf(folder: string, rows: number): Promise<string> {
  const path = join(folder, 'table.parquet');
  const session = await openSession({ paths: [path], folder, memoryBytes: 2 ** 28, threads: 1 });
  await session.connection.run(copyToParquet(`SELECT range AS i FROM range(${rows})`, path, 1));
  session.close();
  return path;
}

test('all rows come once, in the order of the table, by blocks', async () => {
  using folder = temporaryFolder();
  const rows = 200_000;
  const table = await tableOf(folder.path, rows);
  let next = 0;
  let blocks = 0;

  const counted = await eachBlock(table, columns, ({ columns: [column] }) => {
    blocks++;
    if (column?.type !== 'numeric') throw new Error('i is numeric');
    for (const value of column.values) if (value === next) next++;
  });

  expect(counted).toEqual({ rows });
  expect(next).toBe(rows);
  expect(blocks).toBeGreaterThan(1);
});

test('what the visitor throws ends it', async () => {
  using folder = temporaryFolder();
  const table = await tableOf(folder.path, 10);

  await expect(
    eachBlock(table, columns, () => {
      throw new Error('enough');
    }),
  ).rejects.toThrow('enough');
});
