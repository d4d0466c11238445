import { lockOpenRun } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { moveOn } from './move-on.ts';

const batch = 500;

/**
 * Moves on runs whose last message died: those that tell of a job's end only inform, so nothing follows from their
 * death, and a run that nobody moves on would never end.
 */
export async function settleRuns(deps: Pick<Deps, 'database' | 'perform' | 'now' | 'newId'>): Promise<void> {
  const { database, perform } = deps;
  const runs = await database.read
    .selectFrom('jobs')
    .select(['id', 'tenant_id'])
    .where('kind', '=', 'automation')
    .where('status', '=', 'running')
    .orderBy('id')
    .limit(batch)
    .execute();
  for (const { id, tenant_id } of runs) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => {
      const run = await lockOpenRun(tx, id);
      return { result: undefined, messages: run === undefined ? [] : await moveOn(tx, run, deps) };
    });
  }
}
