import type { Database, JobTable, TrialTable } from '@bellwether/database';
import type { LazyRemote } from '@bellwether/sagemaker/remote';
import { datasetRow, type Handling, handling, type Rows, serviceCase } from '@bellwether/testkit';
import type { Deps } from '../src/deps.ts';
import { planTraining } from '../src/domain/plan-training.ts';
import { tableFacts } from '../src/jobs/accept-training.ts';
import type { PoolOutcome } from '../src/local/trial-pool.ts';
import type { TrialTask } from '../src/local/trial-task.ts';

export interface TrainingCase extends AsyncDisposable, Handling<Deps> {
  readonly deps: Deps;
  readonly database: Database;
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
  const service = await serviceCase(rows);
  const deps: Deps = {
    ...service.parts,
    pool: { run: fit, close: async () => undefined },
    remote,
    codeVersion: Promise.resolve('1.2.3'),
  };
  const { database } = deps;
  return {
    ...service,
    ...handling(deps),
    deps,
    database,
    job: (id = 'job_1') => database.read.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    trials: () => database.read.selectFrom('trials').selectAll().orderBy('position').execute(),
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
