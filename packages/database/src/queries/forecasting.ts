import type { ForecasterTable, ForecastFitTable, ForecastPartTable } from '../tables/forecasting.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import type { PageRequest } from './page.ts';

/** How a part ended. */
export type PartEnd =
  | { readonly status: 'succeeded'; readonly output_key: string }
  | { readonly status: 'failed'; readonly error_code: string; readonly error_detail: string };

type Parts = 'forecast_fits' | 'forecast_parts';

export async function insertFits(tx: Tx, rows: readonly ForecastFitTable[]): Promise<void> {
  for (const batch of batches(rows)) await tx.insertInto('forecast_fits').values(batch).execute();
}

export async function insertParts(tx: Tx, rows: readonly ForecastPartTable[]): Promise<void> {
  for (const batch of batches(rows)) await tx.insertInto('forecast_parts').values(batch).execute();
}

export async function getFit(db: Queryable, id: string): Promise<ForecastFitTable | undefined> {
  return await db.selectFrom('forecast_fits').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function getPart(db: Queryable, id: string): Promise<ForecastPartTable | undefined> {
  return await db.selectFrom('forecast_parts').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A forecaster's fits, stage by stage in the order of their places. */
export async function fitsOf(db: Queryable, jobId: string): Promise<ForecastFitTable[]> {
  return await db
    .selectFrom('forecast_fits')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('stage')
    .orderBy('position')
    .execute();
}

/** A job's parts in the order of their places. */
export async function partsOf(db: Queryable, jobId: string): Promise<ForecastPartTable[]> {
  return await db.selectFrom('forecast_parts').selectAll().where('job_id', '=', jobId).orderBy('position').execute();
}

/** Ends a fit once; false when it had ended. */
export async function endFit(tx: Tx, id: string, end: PartEnd, now: number): Promise<boolean> {
  const ended = { ...end, finished_at: now };
  const open = tx.updateTable('forecast_fits').set(ended).where('id', '=', id).where('status', '=', 'queued');
  return (await open.executeTakeFirst()).numUpdatedRows > 0n;
}

/** Ends a part once; false when it had ended. */
export async function endPart(tx: Tx, id: string, end: PartEnd, now: number): Promise<boolean> {
  const ended = { ...end, finished_at: now };
  const open = tx.updateTable('forecast_parts').set(ended).where('id', '=', id).where('status', '=', 'queued');
  return (await open.executeTakeFirst()).numUpdatedRows > 0n;
}

export async function deletePartsOf(tx: Tx, table: Parts, jobId: string): Promise<void> {
  await tx.deleteFrom(table).where('job_id', '=', jobId).execute();
}

/**
 * Stores a forecaster under the next version of its name, unless its job has one.
 *
 * @returns its version
 */
export async function insertForecaster(tx: Tx, row: Omit<ForecasterTable, 'version'>): Promise<number> {
  const existing = await forecasterOfJob(tx, row.job_id);
  if (existing !== undefined) return existing.version;
  const last = await tx
    .selectFrom('forecasters')
    .select('version')
    .where('tenant_id', '=', row.tenant_id)
    .where('model', '=', row.model)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await tx
    .insertInto('forecasters')
    .values({ ...row, version })
    .execute();
  return version;
}

export async function forecasterOfJob(db: Queryable, jobId: string): Promise<ForecasterTable | undefined> {
  return await db.selectFrom('forecasters').selectAll().where('job_id', '=', jobId).executeTakeFirst();
}

/** A forecaster by name; the newest where no version is given. */
export async function findForecaster(
  db: Queryable,
  tenantId: string,
  model: string,
  version?: number,
): Promise<ForecasterTable | undefined> {
  let query = db.selectFrom('forecasters').selectAll().where('tenant_id', '=', tenantId).where('model', '=', model);
  if (version !== undefined) query = query.where('version', '=', version);
  return await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export async function listForecasters(
  db: Queryable,
  tenantId: string,
  model: string,
  page: PageRequest,
): Promise<ForecasterTable[]> {
  let query = db.selectFrom('forecasters').selectAll().where('tenant_id', '=', tenantId).where('model', '=', model);
  if (page.cursor !== undefined) query = query.where('version', '<', Number(page.cursor));
  return await query.orderBy('version', 'desc').limit(page.limit).execute();
}

export async function deleteForecasterOf(tx: Tx, jobId: string): Promise<void> {
  await tx.deleteFrom('forecasters').where('job_id', '=', jobId).execute();
}

function* batches<Row>(rows: readonly Row[], size = 500): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
