import type { Kysely } from 'kysely';
import type { DialectName } from '../database.ts';
import { newTable } from './new-table.ts';

/** Budgets of requests to other people's APIs. */
export async function rateLimits(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const columns = { name: 'varchar(64)', tokens: 'double precision', counted_at: 'bigint' } as const;
  await newTable(db, dialect, 'rate_limits', columns, {})
    .addPrimaryKeyConstraint('rate_limits_key', ['name'])
    .execute();
}
