import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Dialect,
  HandleEmptyInListsPlugin,
  Kysely,
  type KyselyPlugin,
  replaceWithNoncontingentExpression,
} from 'kysely';
import { mysqlDialects } from './mysql/mysql-dialect.ts';
import { connectionLost, deadlocked, waitedInVain } from './mysql/mysql-errors.ts';
import { type Patience, retry } from './retry.ts';
import { type Durability, nodeSqliteDialect } from './sqlite/node-sqlite-dialect.ts';
import type { Reader, Tables, Tx } from './tables/tables.ts';

export type DialectName = 'sqlite' | 'mysql';

/** The platform's one database. */
export interface Database {
  readonly dialect: DialectName;
  /** Committed rows, for queries outside transactions. Throws inside one, where `tx` must be used. */
  readonly read: Reader;
  /**
   * Runs `work` in one transaction, all or nothing. On SQLite they queue up first in, first out; `work` awaits nothing
   * but `tx`, since it holds the only write lock. On MySQL a deadlock's victim is run again, and so is a transaction
   * whose connection was lost before COMMIT was sent.
   *
   * @throws CommitOutcomeUnknown on MySQL, when the connection was lost while COMMIT was on its way
   */
  transact<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** For migrations alone: it does not look whether it is used inside a transaction. */
  readonly schema: Kysely<Tables>;
  close(): Promise<void>;
}

const inside = new AsyncLocalStorage<true>();

/** `in ()` is false in SQLite and a syntax error in MySQL, where it becomes `1 = 0`. */
const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression });

const readsOutsideTransactions: KyselyPlugin = {
  transformQuery: ({ node }) => {
    // SQLite's reader refuses them by itself; on MySQL a write here would be repeated when its connection is lost.
    if (node.kind !== 'SelectQueryNode' && node.kind !== 'RawNode') throw new Error('a write on `read`: use transact');
    if (inside.getStore()) throw new Error('a query on `read` inside a transaction: use tx');
    return node;
  },
  transformResult: async ({ result }) => result,
};

/**
 * Opens the database that `url` names.
 *
 * @param url `sqlite:<path>` or `mysql://user:password@host:port/database`
 * @throws when the scheme is neither, naming it
 */
export function openDatabase(url: string, durability: Durability = 'normal'): Database {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length);
    const write = kysely(nodeSqliteDialect(file, { readOnly: false, durability }), []);
    // A reader of its own never waits behind a transaction; WAL shows it what is committed.
    const read = kysely(nodeSqliteDialect(file, { readOnly: true, durability }), []);
    return database('sqlite', read, write);
  }
  if (url.startsWith('mysql:')) {
    const { read, write } = mysqlDialects(url, patience);
    return database('mysql', kysely(read, [emptyLists]), kysely(write, [emptyLists]));
  }
  throw new Error(`DATABASE_URL must begin with sqlite: or mysql:, not ${url.split(':')[0]}:`);
}

/** A server restarts in seconds; whoever waits longer had better be told. */
const patience: Patience = { first: 10, longest: 500, total: 10_000 };

/** Of thirty transactions that all got into each other's way, the unluckiest came through at its eighth try. */
const patienceWithOthers: Patience = { first: 20, longest: 2_000, total: 20_000, enough: 20 };

/** Whether a transaction that failed left nothing behind, and may come through when the server is well. */
const undone = (error: unknown): boolean => waitedInVain(error) || connectionLost(error);

function kysely(dialect: Dialect, plugins: KyselyPlugin[]): Kysely<Tables> {
  return new Kysely<Tables>({ dialect, plugins });
}

function database(dialect: DialectName, read: Reader, write: Kysely<Tables>): Database {
  const once = <R>(work: (tx: Tx) => Promise<R>) =>
    write.transaction().execute((tx) => inside.run(true, () => work(tx)));
  return {
    dialect,
    read: read.withPlugin(readsOutsideTransactions),
    schema: write,
    async transact(work) {
      if (inside.getStore()) throw new Error('a transaction inside a transaction: use tx');
      const throughDeadlocks = () => retry(() => once(work), deadlocked, patienceWithOthers);
      return await retry(throughDeadlocks, undone, patience);
    },
    async close() {
      await read.destroy();
      await write.destroy();
    },
  };
}
