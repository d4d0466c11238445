import { type JobStatus, openJobStatuses } from '@bellwether/contracts';
import type { AutomationRunTable, AutomationTable } from '../tables/automations.ts';
import type { JobTable } from '../tables/jobs.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import { type EndedJob, endOpenJob } from './end-open-job.ts';
import { getJob, insertJob, lockJob } from './jobs.ts';
import type { PageRequest } from './page.ts';
import { queuedJob } from './queued-job.ts';

export async function insertAutomation(tx: Tx, row: AutomationTable): Promise<void> {
  await tx.insertInto('automations').values(row).execute();
}

export async function findAutomation(
  db: Queryable,
  tenantId: string,
  id: string,
): Promise<AutomationTable | undefined> {
  return await db
    .selectFrom('automations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function listAutomations(db: Queryable, tenantId: string, page: PageRequest): Promise<AutomationTable[]> {
  let query = db.selectFrom('automations').selectAll().where('tenant_id', '=', tenantId);
  if (page.cursor !== undefined) query = query.where('id', '<', page.cursor);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** Deletes an automation; its runs stay. */
export async function deleteAutomation(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('automations')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Automations that wait for datasets of a name, locked: what they have counted stays until the transaction ends. */
export async function lockAutomationsOf(tx: Tx, tenantId: string, datasetName: string): Promise<AutomationTable[]> {
  return await tx
    .selectFrom('automations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('dataset_name', '=', datasetName)
    .where('cron', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Notes how many rows an automation has seen, and of which dataset. */
export async function noteCountedRows(
  tx: Tx,
  id: string,
  counted: { readonly rows: number; readonly datasetId: string },
): Promise<void> {
  await tx
    .updateTable('automations')
    .set({ counted_rows: counted.rows, counted_id: counted.datasetId })
    .where('id', '=', id)
    .execute();
}

/** Automations of all tenants whose time has come, those first that have waited longest. */
export async function dueAutomations(
  db: Queryable,
  now: number,
  limit: number,
): Promise<Pick<AutomationTable, 'id' | 'tenant_id'>[]> {
  return await db
    .selectFrom('automations')
    .select(['id', 'tenant_id'])
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

/** Locks an automation: of two who see that its time has come, the second sees when it comes next. */
export async function lockAutomation(tx: Tx, id: string): Promise<AutomationTable | undefined> {
  return await tx.selectFrom('automations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function setNextTick(tx: Tx, id: string, nextAt: number | null): Promise<void> {
  await tx.updateTable('automations').set({ next_at: nextAt }).where('id', '=', id).execute();
}

/** Claims a trigger for a run. False when it led to one before: an automation runs at most once a trigger. */
export async function claimTrigger(tx: Tx, row: AutomationRunTable): Promise<boolean> {
  const result = await tx.insertInto('automation_runs').ignore().values(row).executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n) > 0;
}

export interface RunOfAutomation extends AutomationRunTable {
  readonly status: JobStatus | null;
}

/** The last runs of an automation, newest first. */
export async function lastRuns(db: Queryable, automationId: string, limit: number): Promise<RunOfAutomation[]> {
  return await db
    .selectFrom('automation_runs')
    .leftJoin('jobs', 'jobs.id', 'automation_runs.job_id')
    .selectAll('automation_runs')
    .select('jobs.status')
    .where('automation_runs.automation_id', '=', automationId)
    .orderBy('automation_runs.job_id', 'desc')
    .limit(limit)
    .execute();
}

/** Steps of a run that its service has accepted and that can still change, of one kind. */
export async function openSteps(db: Queryable, runId: string, kind: JobTable['kind']): Promise<JobTable[]> {
  return await db
    .selectFrom('jobs')
    .selectAll()
    .where('parent_id', '=', runId)
    .where('kind', '=', kind)
    .where('status', 'in', openJobStatuses)
    .execute();
}

/** Locks a run that can still change. Whoever accepts a step of it does it under this lock, and so does its cancel. */
export async function lockOpenRun(tx: Tx, runId: string): Promise<JobTable | undefined> {
  const run = await lockJob(tx, runId);
  return run !== undefined && (openJobStatuses as readonly string[]).includes(run.status) ? run : undefined;
}

/** A step that its service cannot accept. */
export interface RefusedStep extends Pick<JobTable, 'id' | 'tenant_id' | 'kind'> {
  readonly runId: string;
  readonly code: string;
  readonly detail: string;
}

/** Puts in a job that has failed already, so that its run hears of a refusal as of any other end. */
export async function insertRefusedStep(tx: Tx, step: RefusedStep, now: number): Promise<EndedJob> {
  const { id, tenant_id, kind, runId, code, detail } = step;
  const run = await getJob(tx, runId);
  const job = queuedJob({
    id,
    tenant_id,
    kind,
    dataset_id: run?.dataset_id ?? null,
    parent_id: runId,
    request: {},
    created_at: now,
  });
  await insertJob(tx, job);
  const ended = await endOpenJob(tx, id, { status: 'failed', code, detail }, now);
  if (ended === undefined) throw new Error(`job ${id} was put in and is not open`);
  return ended;
}
