import { lockJob, type Reader } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { concludeJob } from './conclude-job.ts';
import { planTrials } from './plan-trials.ts';

type Stuck = { readonly id: string; readonly tenant_id: string };

const batch = 100;

/**
 * Moves on jobs whose next message died: those that run though all their trials have ended, and those that wait though
 * their dataset is ready, rejected or gone. Messages that only inform (`trial.finished`, `dataset.ready`) have no
 * `onDead`, and a job that nobody moves on would never end. One whose message is still under way is moved on a little
 * early, and the message then finds nothing to do.
 *
 * @returns how many were looked at
 */
export async function settleJobs(deps: Pick<Deps, 'database' | 'perform' | 'now' | 'newId' | 'log'>): Promise<number> {
  const { database, perform, log } = deps;
  const stuck = [...(await runningForNothing(database.read)), ...(await waitingForNothing(database.read))];
  for (const { id, tenant_id } of stuck) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => {
      const job = await lockJob(tx, id);
      if (job === undefined) return { result: undefined, messages: [] };
      const messages = job.plan === null ? await planTrials(tx, id, deps) : await concludeJob(tx, job, deps);
      return { result: undefined, messages };
    });
  }
  if (stuck.length > 0) log.warn({ jobs: stuck.map(({ id }) => id) }, 'jobs were moved on without their messages');
  return stuck.length;
}

async function runningForNothing(db: Reader): Promise<Stuck[]> {
  return await db
    .selectFrom('jobs')
    .select(['id', 'tenant_id'])
    .where('kind', '=', 'training')
    .where('status', '=', 'running')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('trials')
            .select('trials.id')
            .whereRef('trials.job_id', '=', 'jobs.id')
            .where('trials.status', 'in', ['queued', 'running']),
        ),
      ),
    )
    .limit(batch)
    .execute();
}

async function waitingForNothing(db: Reader): Promise<Stuck[]> {
  return await db
    .selectFrom('jobs')
    .select(['id', 'tenant_id'])
    .where('kind', '=', 'training')
    .where('status', '=', 'waiting')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('datasets')
            .select('datasets.id')
            .whereRef('datasets.id', '=', 'jobs.dataset_id')
            .where('datasets.status', 'in', ['awaiting-upload', 'validating']),
        ),
      ),
    )
    .limit(batch)
    .execute();
}
