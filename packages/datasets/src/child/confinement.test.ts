import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../test/inspect-here.ts';
import { openSession } from '../duckdb/session.ts';

async function session() {
  const root = await temporaryFolder();
  const folder = join(root, 'own');
  await mkdir(folder);
  await writeFile(join(root, 'mine.csv'), 'a\n1\n');
  await writeFile(join(root, 'other.csv'), 'a\n2\n');
  const opened = await openSession({ paths: [join(root, 'mine.csv')], folder, memoryBytes: 2 ** 26, threads: 1 });
  return { root, folder, ...opened };
}

test('a session reads and writes what it was given', async () => {
  const { root, folder, connection, close } = await session();
  await connection.run(`COPY (FROM '${root}/mine.csv') TO '${folder}/copy.parquet'`);
  await expect(connection.run(`FROM '${folder}/copy.parquet'`)).resolves.toBeDefined();
  close();
});

test.each([
  ["FROM '{root}/other.csv'"],
  ["FROM '{folder}/../other.csv'"],
  ["FROM read_text('/etc/hostname')"],
  ["COPY (SELECT 1) TO '{root}/new.csv'"],
  ["ATTACH '{root}/new.db'"],
  ["FROM read_csv('http://127.0.0.1:9/x.csv')"],
  ['INSTALL httpfs'],
  ['LOAD httpfs'],
  ['SET enable_external_access = true'],
  ["SET allowed_directories = ['/']"],
  ["SET memory_limit = '100GB'"],
])('a session refuses %s', async (statement) => {
  const { root, folder, connection, close } = await session();
  const sql = statement.replace('{root}', root).replace('{folder}', folder);
  await expect(connection.run(sql)).rejects.toThrow(/Permission|locked|disabled/i);
  close();
});
