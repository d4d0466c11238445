import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';
import { inspectUpload } from '@bellwether/datasets';
import { temporaryFolder } from '@bellwether/testkit';

/** A CSV table as it is stored, and what its dataset's row says of it. */
export async function storedTable(
  id: string,
  csv: string,
): Promise<{ readonly parquet: Uint8Array; readonly row: Partial<DatasetTable> & { readonly data_key: string } }> {
  using folder = temporaryFolder();
  const [source, output] = [join(folder.path, 'table.csv'), join(folder.path, 'table.parquet')];
  await writeFile(source, csv);
  const inspection = await inspectUpload({ source, output, workDir: folder.path });
  if (!inspection.ok) throw new Error(inspection.problems[0]?.message);
  const schema: readonly Column[] = inspection.schema;
  const row = {
    id,
    schema: JSON.stringify(schema),
    row_count: inspection.rows,
    data_key: `tables/t1/${id}/at_1.parquet`,
  };
  return { parquet: await readFile(output), row };
}
