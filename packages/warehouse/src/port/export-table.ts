import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { duckdbEngine } from '../duckdb/duckdb-engine.ts';
import type { Engine } from '../engine.ts';
import type { WarehouseTable } from '../table.ts';
import type { ExportOptions } from '../warehouse.ts';
import { loadTable } from './load-table.ts';
import { queryOf } from './query.ts';

/**
 * Writes a table to a file. Rows of an engine that cannot do so by itself go through a DuckDB file beside it, which
 * bounds memory and gives Parquet.
 */
export async function exportTable(
  engine: Engine,
  table: WarehouseTable,
  path: string,
  { format, signal, ...read }: ExportOptions,
): Promise<{ readonly rows: number }> {
  const query = queryOf(table, read);
  if (engine.copy !== undefined) return { rows: await engine.copy(query, path, format, signal) };
  const folder = await mkdtemp(join(dirname(path), '.export-'));
  try {
    const staging = duckdbEngine(join(folder, 'rows.duckdb'));
    const columns = query.columns.map(({ name, kind }) => ({ name, kind, stored: name }));
    const options = signal === undefined ? {} : { signal };
    await loadTable(staging, 'exported', columns, engine.stream(query, signal), options);
    const staged = { table: { name: 'exported', columns }, columns, where: [] };
    return { rows: (await staging.copy?.(staged, path, format, signal)) ?? 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
