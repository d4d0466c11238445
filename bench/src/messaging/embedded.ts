import { join } from 'node:path';
import { migrate, openDatabase } from '@bellwether/database';
import { openSqliteQueue } from '@bellwether/platform';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Contestant } from './contestant.ts';
import { runJourneys } from './journeys.ts';

/** The embedded runtime as `bellwether serve` opens it: two SQLite files, default durability; fresh ones each round. */
export const embedded: Contestant = {
  name: 'Bellwether, embedded',
  async run(load) {
    using folder = temporaryFolder();
    const database = openDatabase(`sqlite:${join(folder.path, 'bellwether.sqlite')}`);
    const queue = openSqliteQueue({ file: join(folder.path, 'queue.sqlite') });
    try {
      await migrate(database);
      return await runJourneys({ database, queue }, load);
    } finally {
      await queue.close();
      await database.close();
    }
  },
};
