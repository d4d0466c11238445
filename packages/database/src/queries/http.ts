import type { ApiKeyTable, IdempotencyKeyTable } from '../tables/http.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

export async function insertApiKey(tx: Tx, row: ApiKeyTable): Promise<void> {
  await tx.insertInto('api_keys').values(row).execute();
}

export async function findApiKey(db: Queryable, hash: string): Promise<ApiKeyTable | undefined> {
  return await db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
}

export async function listApiKeys(db: Queryable): Promise<ApiKeyTable[]> {
  return await db.selectFrom('api_keys').selectAll().orderBy('created_at').execute();
}

export async function deleteApiKey(tx: Tx, hash: string): Promise<boolean> {
  const result = await tx.deleteFrom('api_keys').where('hash', '=', hash).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

type IdempotencyId = Pick<IdempotencyKeyTable, 'tenant_id' | 'operation' | 'key'>;

/** The answer that was given under an idempotency key. */
export async function findAnswer(tx: Tx, id: IdempotencyId): Promise<IdempotencyKeyTable | undefined> {
  return await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('tenant_id', '=', id.tenant_id)
    .where('operation', '=', id.operation)
    .where('key', '=', id.key)
    .executeTakeFirst();
}

/** Keeps the answer to a request under its idempotency key. Two requests at once: the second one's insert throws. */
export async function keepAnswer(tx: Tx, row: IdempotencyKeyTable): Promise<void> {
  await tx.insertInto('idempotency_keys').values(row).execute();
}
