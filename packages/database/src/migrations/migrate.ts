import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database, DialectName } from '../database.ts';
import { connectionLost } from '../mysql/mysql-errors.ts';
import { type Patience, retry } from '../retry.ts';
import { spine } from './001-spine.ts';
import { requestLog } from './002-request-log.ts';
import { search } from './003-search.ts';
import { predictions } from './004-predictions.ts';
import { rateLimits } from './005-rate-limits.ts';
import { registry } from './006-registry.ts';
import { items } from './007-items.ts';
import { automations } from './008-automations.ts';
import { forecasting } from './009-forecasting.ts';

const migrations = (dialect: DialectName): Record<string, Migration> => ({
  '001-spine': { up: (db: Kysely<unknown>) => spine(db, dialect) },
  '002-request-log': { up: (db: Kysely<unknown>) => requestLog(db, dialect) },
  '003-search': { up: search },
  '004-predictions': { up: (db: Kysely<unknown>) => predictions(db, dialect) },
  '005-rate-limits': { up: (db: Kysely<unknown>) => rateLimits(db, dialect) },
  '006-registry': { up: registry },
  '007-items': { up: (db: Kysely<unknown>) => items(db, dialect) },
  '008-automations': { up: (db: Kysely<unknown>) => automations(db, dialect) },
  '009-forecasting': { up: (db: Kysely<unknown>) => forecasting(db, dialect) },
});

/** A database server that starts together with its services takes longer than one that restarts. */
const patience: Patience = { first: 50, longest: 1_000, total: 30_000 };

/**
 * Brings a database to the newest schema. Processes that start together may all call it: the migrator's lock lets one
 * work and the others wait. When the connection is lost it starts again where it was.
 *
 * @throws the error of the first migration that failed, of which nothing remains on SQLite
 */
export async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: async () => migrations(database.dialect) };
  const toLatest = async () => {
    const { error } = await new Migrator({ db: database.schema, provider }).migrateToLatest();
    if (error) throw error;
  };
  await retry(toLatest, connectionLost, patience);
}
