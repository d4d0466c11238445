import type { PredictionTable } from '../tables/predictions.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

export async function insertPredictions(tx: Tx, row: PredictionTable): Promise<void> {
  await tx.insertInto('predictions').ignore().values(row).execute();
}

/** How a tenant's dataset of predictions was made; undefined for other datasets. */
export async function findPredictions(
  db: Queryable,
  tenantId: string,
  datasetId: string,
): Promise<PredictionTable | undefined> {
  return await db
    .selectFrom('predictions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
}
