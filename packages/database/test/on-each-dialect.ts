import type { Database, Reader, Tx } from '@bellwether/database';
import { type TemporaryDatabase, temporaryDatabase, temporaryMysqlDatabase } from '@bellwether/testkit';
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { sql } from 'kysely';

/** A database with the newest schema and no rows. */
export interface Subject {
  readonly database: Database;
  readonly read: Reader;
  /** Runs work in one transaction. */
  act<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
}

const adminUrl = process.env.TEST_MYSQL_URL ?? '';

const dialects: Record<string, () => Promise<TemporaryDatabase>> = {
  SQLite: temporaryDatabase,
  // Where a server is named: CI names MariaDB, and scripts/test-on-mysql.sh MySQL.
  ...(adminUrl === '' ? {} : { MySQL: () => temporaryMysqlDatabase(adminUrl) }),
};

/** Runs a suite on each dialect; each test begins without rows. */
export function onEachDialect(suite: (subject: Subject) => void): void {
  for (const [name, open] of Object.entries(dialects)) {
    describe(`on ${name}`, () => {
      let temporary: TemporaryDatabase;
      beforeAll(async () => {
        temporary = await open();
      });
      afterEach(() => empty(temporary.database));
      afterAll(() => temporary[Symbol.asyncDispose]());

      suite({
        get database() {
          return temporary.database;
        },
        get read() {
          return temporary.database.read;
        },
        act: (work) => temporary.database.transact(work),
      });
    });
  }
}

async function empty(database: Database): Promise<void> {
  for (const { name } of await database.schema.introspection.getTables()) {
    await sql`delete from ${sql.table(name)}`.execute(database.schema);
  }
}
