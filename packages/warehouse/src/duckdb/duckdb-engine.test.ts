import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@bellwether/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createWarehouse } from '../port/create-warehouse.ts';
import { duckdbEngine } from './duckdb-engine.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const columns = [{ name: 'x', kind: 'integer' }] as const;
const impatient = { first: 1, longest: 1, total: 0 };
const key = { dataName: 'sales', dateCreate: '20260101' };
const duckdbModule = pathToFileURL(createRequire(import.meta.url).resolve('@duckdb/node-api')).href;

/** Runs statements on a file in a process of its own, which says `ready` and then keeps the file open. */
async function otherProcess(file: string, ...statements: string[]) {
  const script = `
    import { DuckDBInstance } from ${JSON.stringify(duckdbModule)};
    const instance = await DuckDBInstance.create(${JSON.stringify(file)});
    const connection = await instance.connect();
    for (const statement of ${JSON.stringify(statements)}) await connection.run(statement);
    console.log('ready');
    process.stdin.on('end', () => { connection.closeSync(); instance.closeSync(); process.exit(0); }).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (String(said).trim() !== 'ready') throw new Error(`the other process ended with ${said}`);
  return {
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('a file that another process has open is waited for', async () => {
  const file = join(folder.path, 'warehouse.duckdb');
  const other = await otherProcess(file, 'CREATE TABLE t (x BIGINT)');
  const found = createWarehouse(duckdbEngine(file)).describeTable('t');
  await other.end();
  expect(await found).toMatchObject({ name: 't' });
});

test('a file that stays open elsewhere is an error that may be tried again', async () => {
  const file = join(folder.path, 'warehouse.duckdb');
  const other = await otherProcess(file);
  const warehouse = createWarehouse(duckdbEngine(file, { patience: impatient }));
  await expect(warehouse.describeTable('t')).rejects.toMatchObject({ code: 'warehouse-busy', isRetryable: true });
  await expect(warehouse.migrate()).rejects.toMatchObject({ code: 'warehouse-busy' });
  await other.kill();
  expect(await warehouse.describeTable('t')).toBeUndefined();
});

test('other processes can open the file after each call, also after reads that stopped early and calls that failed', async () => {
  const file = join(folder.path, 'warehouse.duckdb');
  const warehouse = createWarehouse(duckdbEngine(file));
  const rows = Array.from({ length: 20_000 }, (_, index) => [index]);
  await warehouse.loadTable('t', columns, [rows]);
  const table = await warehouse.describeTable('t');
  if (table === undefined) throw new Error('not there');
  for await (const _ of warehouse.readRows(table)) break;
  await expect(warehouse.loadTable('u', columns, [[['many']]])).rejects.toMatchObject({ code: 'warehouse-value' });
  const path = join(folder.path, 'none', 'rows.csv');
  await expect(warehouse.exportTable(table, path, { format: 'csv' })).rejects.toMatchObject({
    code: 'warehouse-failed',
  });
  const other = await otherProcess(file, 'SELECT count(*) FROM t');
  await other.end();
});

test('what a killed process had not committed is gone, what it had is there', async () => {
  const file = join(folder.path, 'warehouse.duckdb');
  const warehouse = createWarehouse(duckdbEngine(file));
  await warehouse.loadTable('t', columns, [[[1]]]);
  const other = await otherProcess(file, 'INSERT INTO t VALUES (2)', 'BEGIN', 'INSERT INTO t VALUES (3)');
  await other.kill();
  const table = await warehouse.describeTable('t');
  if (table === undefined) throw new Error('not there');
  expect(await warehouse.countRows(table)).toBe(2);
});

test('a read and a write of one process do not wait for each other', async () => {
  const warehouse = createWarehouse(duckdbEngine(join(folder.path, 'warehouse.duckdb')));
  await warehouse.loadTable('t', columns, [Array.from({ length: 5000 }, (_, index) => [index])]);
  const table = await warehouse.describeTable('t');
  if (table === undefined) throw new Error('not there');
  let count = 0;
  for await (const batch of warehouse.readRows(table)) {
    await warehouse.upsertParameters(key, { status: `after ${count}` });
    count += batch.length;
  }
  expect(count).toBe(5000);
});

test('many writes of one process at once all happen', async () => {
  const warehouse = createWarehouse(duckdbEngine(join(folder.path, 'warehouse.duckdb')));
  const keys = Array.from({ length: 20 }, (_, index) => ({ ...key, dateCreate: `${index % 5}` }));
  await Promise.all(keys.map((own) => warehouse.upsertParameters(own, { status: 'importing' })));
  const table = await warehouse.describeTable('forecast_parameters');
  if (table === undefined) throw new Error('not there');
  expect(await warehouse.countRows(table)).toBe(5);
});

test('whole numbers of any width and times with a zone are read, a name that is taken twice is refused', async () => {
  const file = join(folder.path, 'warehouse.duckdb');
  const other = await otherProcess(
    file,
    "SET TimeZone = 'America/New_York'",
    `CREATE TABLE s AS SELECT sum(x) AS total, TIMESTAMPTZ '2026-01-01 00:00:00-05' AS at, 1.5::DECIMAL(9, 2) AS price,
       'a'::ENUM ('a', 'b') AS kind FROM range(3) AS r(x)`,
    'CREATE VIEW v AS SELECT total FROM s',
  );
  await other.end();
  const warehouse = createWarehouse(duckdbEngine(file));
  const table = await warehouse.describeTable('s');
  if (table === undefined) throw new Error('not there');
  const found = [];
  for await (const batch of warehouse.readRows(table)) found.push(...batch);
  expect(found).toEqual([[3, '2026-01-01T05:00:00.000Z', 1.5, 'a']]);
  expect(await warehouse.describeTable('V')).toMatchObject({ columns: [{ name: 'total', kind: 'integer' }] });
  const twice = [{ name: 'a', kind: 'text' } as const, { name: 'A', kind: 'text' } as const];
  await expect(warehouse.loadTable('w', twice, [])).rejects.toMatchObject({ code: 'warehouse-name-ambiguous' });
});
