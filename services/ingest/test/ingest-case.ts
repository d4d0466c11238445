import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Received } from '@bellwether/contracts';
import type { Database, DatasetTable, Tx } from '@bellwether/database';
import { createPerform, type FileStore, openFileStore, openSqliteQueue, readConfig } from '@bellwether/platform';
import { committed, insertRows, type Rows, received, temporaryDatabase, temporaryFolder } from '@bellwether/testkit';
import { lazyWarehouse } from '@bellwether/warehouse';
import { pino } from 'pino';
import type { Deps } from '../src/deps.ts';

type Commit = (tx: Tx) => ReturnType<Parameters<typeof committed>[1]>;
type AnyHandler<Body> = (
  message: Received<Body>,
  deps: Deps,
  delivery: { signal: AbortSignal; attempt: number },
) => Promise<Commit>;

export interface IngestCase extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: Database;
  /** Lets a handler do its slow work; what it decided is committed by `commit`. */
  begin<Body>(handler: AnyHandler<Body>, body: Body, signal?: AbortSignal): Promise<Commit>;
  commit(commit: Commit): ReturnType<typeof committed>;
  /** Both. */
  handle<Body>(handler: AnyHandler<Body>, body: Body): ReturnType<typeof committed>;
  dataset(id?: string): Promise<DatasetTable | undefined>;
  /** Puts an upload of dataset `ds_1` and returns its notification. */
  upload(content: string): Promise<{ key: string; etag: string; size: number }>;
  /** Keys of the objects in the store. */
  keys(prefix?: string): Promise<string[]>;
}

/** A dataset that was announced and waits for its upload. */
export const announced = {
  status: 'awaiting-upload',
  format: null,
  schema: null,
  profile: null,
  row_count: null,
  bytes: null,
  upload_etag: null,
  data_key: null,
} as const;

/** A database with these rows, a queue, and an object store, of which a test may change functions. */
export async function ingestCase(
  rows: Rows = {},
  change: (store: FileStore) => Partial<FileStore> = () => ({}),
): Promise<IngestCase> {
  const folder = temporaryFolder();
  const { database, [Symbol.asyncDispose]: closeDatabase } = await temporaryDatabase();
  const workFolder = join(folder.path, 'work');
  mkdirSync(workFolder);
  const store = await openFileStore({
    folder: join(folder.path, 'store'),
    publicUrl: () => 'http://127.0.0.1',
    onUploaded: async () => undefined,
  });
  const queue = openSqliteQueue({ file: join(folder.path, 'queue.sqlite') });
  await insertRows(database, rows);
  let ids = 0;
  const now = () => 5000;
  const config = readConfig({ DATA_DIR: folder.path });
  const warehouse = lazyWarehouse(config);
  const deps: Deps = {
    config,
    warehouse: warehouse.open,
    database,
    store: { ...store, ...change(store) },
    queue,
    workFolder,
    perform: createPerform({ database, relay: { publish: async () => undefined }, now }),
    now,
    newId: (prefix) => `${prefix}_new${++ids}`,
    log: pino({ level: 'silent' }),
  };
  const begin: IngestCase['begin'] = (handler, body, signal = new AbortController().signal) =>
    handler(received(body), deps, { signal, attempt: 1 });
  const commit = (work: Commit) => committed(database, work);
  return {
    deps,
    database,
    begin,
    commit,
    handle: async (handler, body) => await commit(await begin(handler, body)),
    dataset: (id = 'ds_1') => database.read.selectFrom('datasets').selectAll().where('id', '=', id).executeTakeFirst(),
    async upload(content) {
      const { key, etag, size } = await store.put('uploads/t1/ds_1', new TextEncoder().encode(content));
      return { key, etag, size };
    },
    async keys(prefix = '') {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key);
      return keys;
    },
    async [Symbol.asyncDispose]() {
      await closeDatabase();
      await queue.close();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}
