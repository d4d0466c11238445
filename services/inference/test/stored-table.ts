import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectUpload } from '@bellwether/datasets';
import { temporaryFolder } from '@bellwether/testkit';

/** Made once for all tests of a file: each takes a child process. */
const tables = new Map<string, Promise<Uint8Array>>();

/** A CSV table as it is stored: Parquet. */
export function storedTable(csv: string): Promise<Uint8Array> {
  const known = tables.get(csv) ?? parquetOf(csv);
  tables.set(csv, known);
  return known;
}

async function parquetOf(csv: string): Promise<Uint8Array> {
  using folder = temporaryFolder();
  const [source, output] = [join(folder.path, 'table.csv'), join(folder.path, 'table.parquet')];
  await writeFile(source, csv);
  const inspection = await inspectUpload({ source, output, workDir: folder.path });
  if (!inspection.ok) throw new Error(inspection.problems[0]?.message);
  return await readFile(output);
}
