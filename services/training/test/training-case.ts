import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Received } from '@bellwether/contracts';
import type { Database, JobTable, TrialTable, Tx } from '@bellwether/database';
import { createPerform, openFileStore, readConfig } from '@bellwether/platform';
import type { LazyRemote } from '@bellwether/sagemaker/remote';
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
import { planTraining } from '../src/domain/plan-training.ts';
import { tableFacts } from '../src/jobs/accept-training.ts';
import type { PoolOutcome } from '../src/local/trial-pool.ts';
import type { TrialTask } from '../src/local/trial-task.ts';

type Commit = (tx: Tx) => ReturnType<Parameters<typeof committed>[1]>;
type AnyHandler<Body> = (
  message: Received<Body>,
  deps: Deps,
  delivery: { signal: AbortSignal; attempt: number },
) => Promise<Commit>;

export interface TrainingCase extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: Database;
  /** Lets a handler do its slow work; what it decided is committed by `commit`. */
  begin<Body>(handler: AnyHandler<Body>, body: Body, signal?: AbortSignal): Promise<Commit>;
  commit(commit: Commit): ReturnType<typeof committed>;
  /** Both. */
  handle<Body>(handler: AnyHandler<Body>, body: Body): ReturnType<typeof committed>;
  job(id?: string): Promise<JobTable>;
  trials(): Promise<TrialTable[]>;
  /** Keys of the objects in the store. */
  keys(prefix?: string): Promise<string[]>;
}

type Fit = (
  task: TrialTask,
  options: { signal: AbortSignal; onProgress(fraction: number): void },
) => Promise<PoolOutcome>;

/** A database with these rows, an object store, and threads that do what the test says. */
export async function trainingCase(
  rows: Rows = {},
  fit: Fit = neverAsked,
  remote: LazyRemote = noSageMaker,
): Promise<TrainingCase> {
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
    store,
    workFolder,
    perform: createPerform({ database, relay: { publish: async () => undefined }, now }),
    now,
    newId: (prefix) => `${prefix}_new${++ids}`,
    log: pino({ level: 'silent' }),
    pool: { run: fit, close: async () => undefined },
    remote,
  };
  const begin: TrainingCase['begin'] = (handler, body, signal = new AbortController().signal) =>
    handler(received(body), deps, { signal, attempt: 1 });
  const commit = (work: Commit) => committed(database, work);
  return {
    deps,
    database,
    begin,
    commit,
    handle: async (handler, body) => await commit(await begin(handler, body)),
    job: (id = 'job_1') => database.read.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    trials: () => database.read.selectFrom('trials').selectAll().orderBy('position').execute(),
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

const noSageMaker: LazyRemote = { isConfigured: false, open: neverOpened, close: async () => undefined };

async function neverOpened(): Promise<never> {
  throw new Error('SageMaker was not to be asked');
}

async function neverAsked(): Promise<never> {
  throw new Error('no thread was to be asked');
}

/** The plan of a job on the table of `datasetRow`: regression of `z` by `rmse`. */
export function planOfPlane(request: Parameters<typeof planTraining>[0] = {}): string {
  const planned = planTraining(request, tableFacts(datasetRow()));
  if (!planned.ok) throw new Error(planned.refusal.detail);
  return JSON.stringify(planned.plan);
}

/** A job that runs, and has no more trials to ask for once one has ended. */
export const running = {
  status: 'running',
  plan: planOfPlane({ candidates: [{ algorithm: 'baseline' }] }),
  started_at: 2000,
} as const;
