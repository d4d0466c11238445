import type { EvaluationTable } from '../tables/predictions.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import type { PageRequest } from './page.ts';

export async function insertEvaluation(tx: Tx, row: EvaluationTable): Promise<void> {
  await tx.insertInto('evaluations').values(row).execute();
}

export async function findEvaluation(
  db: Queryable,
  tenantId: string,
  id: string,
): Promise<EvaluationTable | undefined> {
  return await db
    .selectFrom('evaluations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A tenant's evaluations, newest first. */
export async function listEvaluations(
  db: Queryable,
  tenantId: string,
  page: PageRequest & { readonly model?: string | undefined; readonly predictionsId?: string | undefined },
): Promise<EvaluationTable[]> {
  let query = db.selectFrom('evaluations').selectAll().where('tenant_id', '=', tenantId);
  if (page.model !== undefined) query = query.where('model', '=', page.model);
  if (page.predictionsId !== undefined) query = query.where('predictions_id', '=', page.predictionsId);
  if (page.cursor !== undefined) query = query.where('id', '<', page.cursor);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}
