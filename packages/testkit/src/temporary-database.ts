import { join } from 'node:path';
import { type Database, migrate, openDatabase } from '@bellwether/database';
import { temporaryFolder } from './temporary-folder.ts';

export interface TemporaryDatabase extends AsyncDisposable {
  readonly database: Database;
}

/** A migrated SQLite database in a folder of its own, gone at the end of its scope: `await using …`. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const folder = temporaryFolder();
  const database = openDatabase(`sqlite:${join(folder.path, 'test.sqlite')}`);
  await migrate(database);
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      folder[Symbol.dispose]();
    },
  };
}
