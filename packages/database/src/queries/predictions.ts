import type { PredictionTable } from '../tables/predictions.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

/** Says how a dataset of predictions was made; once said, it stays. */
export async function insertPredictions(tx: Tx, row: PredictionTable): Promise<void> {
  // Not `ignore`: MySQL would cut what does not fit its column.
  await tx
    .insertInto('predictions')
    .values(row)
    .onDuplicateKeyUpdate(({ ref }) => ({ dataset_id: ref('dataset_id') }))
    .execute();
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
