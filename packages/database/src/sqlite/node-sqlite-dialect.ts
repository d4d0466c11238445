import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryCompiler,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { PortableQueryCompiler } from './portable-query-compiler.ts';
import { statementsOf } from './statements.ts';

export type Durability = 'normal' | 'full';

/** Without this a migration that fails leaves half its tables behind. */
class TransactionalDdl extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A deferred transaction that reads first and writes later can fail with SQLITE_BUSY half-way. */
class ImmediateTransactions extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdl();
  }

  override createDriver(): Driver {
    return new ImmediateTransactions({ database: this.#database });
  }

  override createQueryCompiler(): QueryCompiler {
    return new PortableQueryCompiler();
  }
}

/**
 * Kysely on `node:sqlite`, one connection.
 *
 * @param file path of the database file
 * @param options.durability `normal` survives `kill -9`; `full` survives a power cut too, at ten times the cost
 */
export function nodeSqliteDialect(
  file: string,
  options: { readonly readOnly: boolean; readonly durability: Durability },
): SqliteDialect {
  const database = new DatabaseSync(file, { timeout: 5000, readOnly: options.readOnly });
  if (!options.readOnly) {
    database.exec('pragma journal_mode = wal; pragma foreign_keys = on');
    database.exec(`pragma synchronous = ${options.durability}`);
    // 16 MB. Pages that change with every message are copied into the database file once in so much, and that once
    // waits for the disk.
    database.exec('pragma wal_autocheckpoint = 4000');
  }
  return new NodeSqliteDialect({ close: () => database.close(), prepare: statementsOf(database) });
}
