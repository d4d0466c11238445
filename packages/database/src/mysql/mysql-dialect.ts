import {
  CompiledQuery,
  type Dialect,
  type Driver,
  MysqlAdapter,
  MysqlDriver,
  MysqlIntrospector,
  MysqlQueryCompiler,
} from 'kysely';
import { createPool } from 'mysql2';
import type { Patience } from '../retry.ts';
import { readingDriver, transactingDriver } from './drivers.ts';

export interface MysqlDialects {
  /** single reads outside of transactions; they are repeated when their connection is lost */
  readonly read: Dialect;
  /** everything else; the pool of both ends with the first of them */
  readonly write: Dialect;
}

/**
 * Kysely on one pool of `mysql2`, for MySQL 8 and MariaDB.
 *
 * @param url `mysql://user:password@host:port/database`
 * @param patience for reads whose connection is lost
 */
export function mysqlDialects(url: string, patience: Patience): MysqlDialects {
  const driver = new MysqlDriver({
    pool: openPool(url),
    // Reads after a lock must see what its last holder committed. In a snapshot of the transaction's first read, two
    // trials that end together would each miss the other, and nobody would end their job. Gap locks, which make
    // deadlocks of inserts that have nothing in common, go too.
    async onCreateConnection(connection) {
      await connection.executeQuery(CompiledQuery.raw('set session transaction isolation level read committed'));
    },
  });
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= driver.destroy();
    return ended;
  };
  return {
    read: dialectOn({ ...readingDriver(driver, patience), destroy: end }),
    write: dialectOn({ ...transactingDriver(driver), destroy: end }),
  };
}

function openPool(url: string) {
  const pool = createPool({
    uri: url,
    charset: 'utf8mb4_bin',
    connectionLimit: 10,
    connectTimeout: 5_000,
    // Load balancers forget idle connections after minutes without telling either end; Linux would ask after two hours.
    keepAliveInitialDelay: 30_000,
    // Counts and times fit a double; strings instead of numbers would break arithmetic silently.
    supportBigNumbers: true,
    decimalNumbers: true,
    // An update that leaves a row as it was must still count as having found it.
    flags: ['FOUND_ROWS'],
  });
  // The pool hears a connection's first error only. A second one without a listener would end the process.
  pool.on('connection', (connection) => connection.on('error', () => {}));
  return pool;
}

function dialectOn(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => new MysqlAdapter(),
    createQueryCompiler: () => new MysqlQueryCompiler(),
    createIntrospector: (db) => new MysqlIntrospector(db),
  };
}
