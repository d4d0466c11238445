import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { newIndex, newTable, sequenced } from './new-table.ts';

/** The request log of runtimes whose services are several processes. */
export async function requestLog(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const text = sql`mediumtext`;
  const table = newTable(
    db,
    dialect,
    'request_log',
    {
      id: 'varchar(64)',
      tenant_id: 'varchar(64)',
      service: 'varchar(32)',
      at: 'bigint',
      method: 'varchar(16)',
      path: 'varchar(2048)',
      status: 'bigint',
      duration: 'double precision',
    },
    { request: text, response: text },
  );
  await sequenced(table, dialect).execute();
  await newIndex(db, 'request_log_by_tenant', 'request_log', ['tenant_id', 'sequence']);
}
