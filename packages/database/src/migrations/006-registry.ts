import type { Kysely } from 'kysely';
import { newColumn } from './new-table.ts';

/** Models can be deleted. */
export async function registry(db: Kysely<unknown>): Promise<void> {
  await newColumn(db, 'models', 'deleted_at', 'bigint');
}
