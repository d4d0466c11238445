import { randomBytes } from 'node:crypto';
import { migrate, openDatabase } from '@bellwether/database';
import { sql } from 'kysely';
import type { TemporaryDatabase } from './temporary-database.ts';

export interface TemporaryMysqlDatabase extends TemporaryDatabase {
  readonly name: string;
  readonly url: string;
}

/**
 * A database of its own, with the newest schema unless told otherwise, gone at the end of its scope.
 *
 * @param adminUrl of a user who may create databases whose names begin with `bellwether`
 */
export async function temporaryMysqlDatabase(
  adminUrl: string,
  { migrated = true } = {},
): Promise<TemporaryMysqlDatabase> {
  const name = `bellwether${randomBytes(5).toString('hex')}`;
  const admin = openDatabase(adminUrl);
  await sql`create database ${sql.id(name)} character set utf8mb4`.execute(admin.schema);
  const url = new URL(`/${name}`, adminUrl).href;
  const database = openDatabase(url);
  if (migrated) await migrate(database);
  return {
    database,
    name,
    url,
    async [Symbol.asyncDispose]() {
      await database.close();
      await sql`drop database ${sql.id(name)}`.execute(admin.schema);
      await admin.close();
    },
  };
}
