import { Problem } from '@bellwether/contracts';
import { findJob, type JobTable, jobDocument, nextCursor, listJobs as selectJobs } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /v1/jobs` */
export const listJobs: Route<'listJobs', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectJobs(database.read, tenantId, query);
  return { body: { jobs: rows.map(jobDocument), ...nextCursor(rows, query, (row) => row.id) } };
};

/** `GET /v1/jobs/{id}` */
export const getJob: Route<'getJob', Deps> = async ({ tenantId, params }, deps) => {
  return { body: jobDocument(await jobOf(tenantId, params.id, deps)) };
};

/** A tenant's job. Another tenant's is as unknown as one that never was. */
export async function jobOf(tenantId: string, id: string, { database }: Pick<Deps, 'database'>): Promise<JobTable> {
  const row = await findJob(database.read, tenantId, id);
  if (row !== undefined) return row;
  throw new Problem(404, 'job-not-found', `There is no job ${id}.`, {
    field: 'id',
    cure: 'List what there is with GET /v1/jobs.',
  });
}
