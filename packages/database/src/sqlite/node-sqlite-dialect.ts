import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';

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
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON`,
    );
  }
  return new NodeSqliteDialect({
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bindable(parameters)),
        run: (parameters) => statement.run(...bindable(parameters)),
        iterate: (parameters) => statement.iterate(...bindable(parameters)),
      };
    },
  });
}

/** `node:sqlite` turns a `Date` silently into NULL. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  for (const parameter of parameters) {
    if (typeof parameter === 'object' && parameter !== null && !ArrayBuffer.isView(parameter)) {
      throw new TypeError('an object cannot be bound to an SQL parameter');
    }
  }
  return parameters as SQLInputValue[];
}
