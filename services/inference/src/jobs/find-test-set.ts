import { findDataset, findJob, type JobTable } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/** The parts that were split off beside a train set. */
export interface TestSet {
  readonly test: string;
  readonly actuals: string;
}

/** The test set and the real values that belong to what a training job learned from; undefined where nothing was split. */
export async function findTestSet(job: JobTable, { database }: Pick<Deps, 'database'>): Promise<TestSet | undefined> {
  const dataset = await findDataset(database.read, job.tenant_id, job.dataset_id ?? '');
  return await testSetBeside(job.tenant_id, dataset?.recipe ?? null, { database });
}

/** @param recipe of the train set, or of the test set itself */
export async function testSetBeside(
  tenantId: string,
  recipe: string | null,
  { database }: Pick<Deps, 'database'>,
): Promise<TestSet | undefined> {
  const { jobId } = JSON.parse(recipe ?? '{}') as { jobId?: string };
  const made = jobId === undefined ? undefined : await findJob(database.read, tenantId, jobId);
  const { datasets } = JSON.parse(made?.result ?? '{}') as { datasets?: { test?: string; actuals?: string } };
  if (datasets?.test === undefined || datasets.actuals === undefined) return undefined;
  return { test: datasets.test, actuals: datasets.actuals };
}
