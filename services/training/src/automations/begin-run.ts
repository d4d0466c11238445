import { emit, flow, type RunRequest } from '@bellwether/contracts';
import { type AutomationTable, claimTrigger, insertJob, queuedJob, type Tx } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/** What made an automation run. */
export interface Trigger {
  /** that led to one run at most: the id of a dataset, or the time of a tick */
  readonly key: string;
  /** the dataset that the run is about; undefined when there is none yet, which fails the run in the open */
  readonly datasetId: string | undefined;
}

/** Begins a run, a job of its own, unless the trigger led to one before. */
export async function beginRun(
  tx: Tx,
  automation: Pick<AutomationTable, 'id' | 'tenant_id' | 'definition' | 'name'>,
  { key, datasetId }: Trigger,
  { newId, now }: Pick<Deps, 'newId' | 'now'>,
) {
  const [jobId, created_at] = [newId('job'), now()];
  const { id, tenant_id, name } = automation;
  const run = { automation_id: id, trigger_key: key, job_id: jobId, tenant_id, created_at };
  if (!(await claimTrigger(tx, run))) return [];
  const definition = JSON.parse(automation.definition) as Pick<RunRequest, 'when' | 'then'>;
  const request: RunRequest = { automationId: id, ...(name === null ? {} : { name }), trigger: key, ...definition };
  const job = queuedJob({
    id: jobId,
    tenant_id,
    kind: 'automation',
    dataset_id: datasetId ?? null,
    request,
    created_at,
  });
  await insertJob(tx, job);
  return [emit(flow.automationTriggered, { jobId }, { jobId, id: `${jobId}:triggered` })];
}
