import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Received } from '@bellwether/contracts';
import type { Database, Tx } from '@bellwether/database';
import {
  type Config,
  createPerform,
  type FileStore,
  openFileStore,
  type Perform,
  readConfig,
} from '@bellwether/platform';
import { type Logger, pino } from 'pino';
import { committed, insertRows, type Rows, received } from './rows.ts';
import { temporaryDatabase } from './temporary-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What every service's handlers and routes are given, whatever else they need. */
export interface ServiceParts {
  readonly config: Config;
  readonly database: Database;
  readonly store: FileStore;
  readonly workFolder: string;
  readonly perform: Perform;
  /** milliseconds: stands at 5000 */
  readonly now: () => number;
  /** `job_new1`, `ds_new2`, … */
  readonly newId: (prefix: string) => string;
  readonly log: Logger;
}

export type Commit = (tx: Tx) => ReturnType<Parameters<typeof committed>[1]>;

type HandlerOf<Deps, Body> = (
  message: Received<Body>,
  deps: Deps,
  delivery: { signal: AbortSignal; attempt: number },
) => Promise<Commit>;

interface Begin {
  readonly jobId?: string;
  readonly signal?: AbortSignal;
}

/** The parts of a service without its consumers. */
export interface ServiceCase extends AsyncDisposable {
  readonly parts: ServiceParts;
  /** where a case keeps files of its own; gone at the end of the scope */
  readonly folder: string;
  /** Keys of the objects in the store. */
  keys(prefix?: string): Promise<string[]>;
}

/** How a test puts messages to a service's handlers. */
export interface Handling<Deps> {
  /** Lets a handler do its slow work; what it decided is committed by `commit`. */
  begin<Body>(handler: HandlerOf<Deps, Body>, body: Body, change?: Begin): Promise<Commit>;
  commit(commit: Commit): ReturnType<typeof committed>;
  /** Both. */
  handle<Body>(handler: HandlerOf<Deps, Body>, body: Body, change?: Begin): ReturnType<typeof committed>;
}

/**
 * A database with these rows, an object store and a work folder, of which nothing is left at the end of the scope.
 *
 * @param change stands in front of functions of the store: to wait, or to fail
 */
export async function serviceCase(
  rows: Rows = {},
  change: (store: FileStore) => Partial<FileStore> = () => ({}),
): Promise<ServiceCase> {
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
  const now = () => 5000;
  let ids = 0;
  return {
    parts: {
      config: readConfig({ DATA_DIR: folder.path }),
      database,
      store: { ...store, ...change(store) },
      workFolder,
      perform: createPerform({ database, relay: { publish: async () => undefined }, now }),
      now,
      newId: (prefix) => `${prefix}_new${++ids}`,
      log: pino({ level: 'silent' }),
    },
    folder: folder.path,
    async keys(prefix = '') {
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

/** Puts messages to handlers that are given `deps`. */
export function handling<Deps extends { readonly database: Database }>(deps: Deps): Handling<Deps> {
  const begin: Handling<Deps>['begin'] = (handler, body, { jobId, signal = new AbortController().signal } = {}) =>
    handler(received(body, jobId === undefined ? {} : { jobId }), deps, { signal, attempt: 1 });
  const commit = (work: Commit) => committed(deps.database, work);
  return { begin, commit, handle: async (handler, body, of) => await commit(await begin(handler, body, of)) };
}
