import { inventoryJob as shown } from '@bellwether/contracts';
import { jobDocument, listJobs, nextCursor } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { jobOf } from './read-jobs.ts';

/** `GET /jobs` */
export const inventoryJobs: Route<'inventoryJobs', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await listJobs(database.read, tenantId, query);
  const { nextCursor: next } = nextCursor(rows, query, (row) => row.id);
  const jobs = rows.map((row) => shown(jobDocument(row)));
  return { body: { jobs, ...(next === undefined ? {} : { next_cursor: next }) } };
};

/** `GET /jobs/{job_id}` */
export const inventoryJob: Route<'inventoryJob', Deps> = async ({ tenantId, params }, deps) => {
  return { body: shown(jobDocument(await jobOf(tenantId, params.job_id, deps))) };
};
