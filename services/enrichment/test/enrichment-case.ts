import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Received } from '@bellwether/contracts';
import type { Database, JobTable, Tx } from '@bellwether/database';
import { inspectUpload } from '@bellwether/datasets';
import { createPerform, type FileStore, openFileStore, readConfig } from '@bellwether/platform';
import {
  committed,
  datasetRow,
  insertRows,
  type Rows,
  received,
  temporaryDatabase,
  temporaryFolder,
} from '@bellwether/testkit';
import { pino } from 'pino';
import type { Deps } from '../src/deps.ts';
import { planEnrichment } from '../src/domain/plan-enrichment.ts';
import type { FredClient } from '../src/series/fred-client.ts';
import { createSeriesLibrary } from '../src/series/series-library.ts';

type Commit = (tx: Tx) => ReturnType<Parameters<typeof committed>[1]>;
type AnyHandler<Body> = (
  message: Received<Body>,
  deps: Deps,
  delivery: { signal: AbortSignal; attempt: number },
) => Promise<Commit>;

export interface EnrichmentCase extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: Database;
  /** Lets a handler do its slow work; what it decided is committed by `commit`. */
  begin<Body>(handler: AnyHandler<Body>, body: Body, change?: Begin): Promise<Commit>;
  commit(commit: Commit): ReturnType<typeof committed>;
  /** Both. */
  handle<Body>(handler: AnyHandler<Body>, body: Body, change?: Begin): ReturnType<typeof committed>;
  job(): Promise<JobTable>;
  /** Stores a table of the columns `x`, `y`, `z` for dataset `ds_1`. */
  storeTable(): Promise<void>;
  /** Keys of the objects in the store. */
  keys(prefix: string): Promise<string[]>;
}

interface Begin {
  readonly jobId?: string;
  readonly signal?: AbortSignal;
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
  change: (store: FileStore) => Partial<FileStore> = () => ({}),
  client?: FredClient,
): Promise<EnrichmentCase> {
  const folder = temporaryFolder();
  const { database, [Symbol.asyncDispose]: closeDatabase } = await temporaryDatabase();
  const workFolder = join(folder.path, 'work');
  mkdirSync(workFolder);
  const store = await openFileStore({
    folder: join(folder.path, 'store'),
    publicUrl: () => 'http://127.0.0.1',
    onUploaded: async () => undefined,
  });
  await insertRows(database, rows);
  let ids = 0;
  const now = () => 5000;
  const deps: Deps = {
    config: readConfig({ DATA_DIR: folder.path }),
    database,
    store: { ...store, ...change(store) },
    workFolder,
    series: createSeriesLibrary({ client, store, now, maxAgeMilliseconds: 3_600_000 }),
    perform: createPerform({ database, relay: { publish: async () => undefined }, now }),
    now,
    newId: (prefix) => `${prefix}_new${++ids}`,
    log: pino({ level: 'silent' }),
  };
  const begin: EnrichmentCase['begin'] = (handler, body, { jobId, signal = new AbortController().signal } = {}) =>
    handler(received(body, jobId === undefined ? {} : { jobId }), deps, { signal, attempt: 1 });
  const commit = (work: Commit) => committed(database, work);
  return {
    deps,
    database,
    begin,
    commit,
    handle: async (handler, body, of) => await commit(await begin(handler, body, of)),
    job: () => database.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow(),
    async storeTable() {
      table ??= parquetOfPlane();
      await store.put('tables/t1/ds_1/at_1.parquet', await table);
    },
    async keys(prefix) {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key);
      return keys;
    },
    async [Symbol.asyncDispose]() {
      await closeDatabase();
      await store.close();
      folder[Symbol.dispose]();
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
