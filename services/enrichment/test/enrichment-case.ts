import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, JobTable } from '@bellwether/database';
import { inspectUpload } from '@bellwether/datasets';
import type { FileStore } from '@bellwether/platform';
import { datasetRow, type Handling, handling, type Rows, serviceCase, temporaryFolder } from '@bellwether/testkit';
import type { Deps } from '../src/deps.ts';
import { planEnrichment } from '../src/domain/plan-enrichment.ts';
import type { FredClient } from '../src/series/fred-client.ts';
import { createSeriesLibrary } from '../src/series/series-library.ts';

export interface EnrichmentCase extends AsyncDisposable, Handling<Deps> {
  readonly deps: Deps;
  readonly database: Database;
  job(): Promise<JobTable>;
  /** Stores a table of the columns `x`, `y`, `z` for dataset `ds_1`. */
  storeTable(): Promise<void>;
  /** Keys of the objects in the store. */
  keys(prefix: string): Promise<string[]>;
}

/** An enrichment of `ds_1` that splits it into `ds_2` (train), `ds_3` (test) and `ds_4` (actuals). */
export const split = {
  kind: 'enrichment',
  request: '{"split":{}}',
  plan: planOfPlane(),
} as const satisfies Partial<JobTable>;

function planOfPlane(): string {
  const { name, schema } = datasetRow();
  let ids = 1;
  const planned = planEnrichment(
    { steps: [], split: { testFraction: 0.2, seed: 0 } },
    { name, columns: JSON.parse(schema ?? ''), roles: {} },
    () => `ds_${++ids}`,
  );
  return JSON.stringify(planned);
}

/** A database with these rows, and an object store of which a test may change functions. */
export async function enrichmentCase(
  rows: Rows,
  change?: (store: FileStore) => Partial<FileStore>,
  client?: FredClient,
): Promise<EnrichmentCase> {
  const service = await serviceCase(rows, change);
  const { database, store, now } = service.parts;
  const series = createSeriesLibrary({ client, store, now, maxAgeMilliseconds: 3_600_000 });
  const deps: Deps = { ...service.parts, series };
  return {
    ...service,
    ...handling(deps),
    deps,
    database,
    job: () => database.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow(),
    async storeTable() {
      table ??= parquetOfPlane();
      await store.put('tables/t1/ds_1/at_1.parquet', await table);
    },
  };
}

/** Made once for all tests of a file: each takes a child process. */
let table: Promise<Uint8Array> | undefined;

async function parquetOfPlane(): Promise<Uint8Array> {
  using folder = temporaryFolder();
  const [source, output] = [join(folder.path, 'plane.csv'), join(folder.path, 'plane.parquet')];
  const lines = Array.from({ length: 20 }, (_, index) => `${index},${index * 2},${index * 3}`);
  await writeFile(source, ['x,y,z', ...lines, ''].join('\n'));
  await inspectUpload({ source, output, workDir: folder.path });
  return await readFile(output);
}
