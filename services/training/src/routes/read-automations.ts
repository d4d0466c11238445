import { Problem } from '@bellwether/contracts';
import {
  type AutomationTable,
  findAutomation,
  lastRuns,
  nextCursor,
  deleteAutomation as removeAutomation,
  listAutomations as selectAutomations,
} from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import { automationDocument } from '../automations/automation-document.ts';
import type { Deps } from '../deps.ts';

const shownRuns = 20;

/** `GET /v1/automations` */
export const listAutomations: Route<'listAutomations', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectAutomations(database.read, tenantId, query);
  return { body: { automations: rows.map(automationDocument), ...nextCursor(rows, query, (row) => row.id) } };
};

/** `GET /v1/automations/{id}` */
export const getAutomation: Route<'getAutomation', Deps> = async ({ tenantId, params }, deps) => {
  const row = await automationOf(tenantId, params.id, deps);
  const runs = await lastRuns(deps.database.read, row.id, shownRuns);
  return {
    body: {
      ...automationDocument(row),
      runs: runs.map(({ job_id, trigger_key, status, created_at }) => ({
        jobId: job_id,
        trigger: trigger_key,
        ...(status === null ? {} : { status }),
        at: new Date(created_at).toISOString(),
      })),
    },
  };
};

/** `DELETE /v1/automations/{id}`: what it has begun goes on. */
export const deleteAutomation: Route<'deleteAutomation', Deps> = async ({ tenantId, params }, deps) => {
  await automationOf(tenantId, params.id, deps);
  await deps.database.transact((tx) => removeAutomation(tx, tenantId, params.id));
  return {};
};

async function automationOf(tenantId: string, id: string, { database }: Deps): Promise<AutomationTable> {
  const row = await findAutomation(database.read, tenantId, id);
  if (row !== undefined) return row;
  throw new Problem(404, 'automation-not-found', `There is no automation ${id}.`, {
    field: 'id',
    cure: 'List what there is with GET /v1/automations.',
  });
}
