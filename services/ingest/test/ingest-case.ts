import { join } from 'node:path';
import type { Database, DatasetTable } from '@bellwether/database';
import { type FileStore, openSqliteQueue } from '@bellwether/platform';
import { type Handling, handling, type Rows, serviceCase } from '@bellwether/testkit';
import { lazyWarehouse } from '@bellwether/warehouse';
import type { Deps } from '../src/deps.ts';

export interface IngestCase extends AsyncDisposable, Handling<Deps> {
  readonly deps: Deps;
  readonly database: Database;
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
  change?: (store: FileStore) => Partial<FileStore>,
): Promise<IngestCase> {
  const service = await serviceCase(rows, change);
  const queue = openSqliteQueue({ file: join(service.folder, 'queue.sqlite') });
  const warehouse = lazyWarehouse(service.parts.config);
  const deps: Deps = { ...service.parts, warehouse: warehouse.open, queue };
  const { database, store } = deps;
  return {
    ...service,
    ...handling(deps),
    deps,
    database,
    dataset: (id = 'ds_1') => database.read.selectFrom('datasets').selectAll().where('id', '=', id).executeTakeFirst(),
    async upload(content) {
      const { key, etag, size } = await store.put('uploads/t1/ds_1', new TextEncoder().encode(content));
      return { key, etag, size };
    },
    async [Symbol.asyncDispose]() {
      await queue.close();
      await service[Symbol.asyncDispose]();
    },
  };
}
