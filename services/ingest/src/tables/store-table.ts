import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataProblem, DatasetFormat, Roles } from '@bellwether/contracts';
import type { Validated } from '@bellwether/database';
import { inspectUpload } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import { tableKey } from '../domain/keys.ts';

export interface TableSource {
  /** path of a local file */
  readonly source: string;
  readonly tenantId: string;
  readonly datasetId: string;
  readonly format?: DatasetFormat;
  readonly roles: Roles;
}

export type StoredTable =
  | { readonly ok: true; readonly validated: Validated }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

/**
 * Parses a file in a child process with limits and stores it as Parquet, under a key of this attempt: if the attempt
 * loses, nobody names its object and the sweeper deletes it.
 */
export async function storeTable(table: TableSource, deps: Deps, signal: AbortSignal): Promise<StoredTable> {
  const attempt = deps.newId('at');
  const output = join(deps.workFolder, `${attempt}.parquet`);
  try {
    return await inspectAndPut(table, { attempt, output }, deps, signal);
  } finally {
    // Putting it moves it away; a refusal by the store or an abort in between would leave it on the disk.
    await rm(output, { force: true });
  }
}

async function inspectAndPut(
  table: TableSource,
  { attempt, output }: { readonly attempt: string; readonly output: string },
  { config, store, workFolder, spare }: Deps,
  signal: AbortSignal,
): Promise<StoredTable> {
  const inspection = await inspectUpload({
    source: table.source,
    output,
    workDir: workFolder,
    spare,
    roles: table.roles,
    ...(table.format === undefined ? {} : { format: table.format }),
    limits: {
      memoryBytes: config.PARSE_MEMORY_MB * 2 ** 20,
      wallMilliseconds: config.PARSE_TIMEOUT_SECONDS * 1000,
      bytes: config.MAX_UPLOAD_BYTES,
    },
    signal,
  });
  if (!inspection.ok) return inspection;
  const key = tableKey(table.tenantId, table.datasetId, attempt);
  await store.putFile(key, output);
  const { format, schema, profile, problems } = inspection;
  return { ok: true, validated: { format, schema, profile, problems, dataKey: key } };
}
