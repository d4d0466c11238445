import { MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';

/**
 * Kysely on `mysql2`, for MySQL 8 and MariaDB.
 *
 * @param url `mysql://user:password@host:port/database`
 */
export function mysqlDialect(url: string): MysqlDialect {
  return new MysqlDialect({
    pool: createPool({
      uri: url,
      charset: 'utf8mb4_bin',
      connectionLimit: 10,
      // Counts and times fit a double; strings instead of numbers would break arithmetic silently.
      supportBigNumbers: true,
      decimalNumbers: true,
      // An update that leaves a row as it was must still count as having found it.
      flags: ['FOUND_ROWS'],
    }),
  });
}

const deadlock = 1213;
const lockWaitTimeout = 1205;

/** Whether a transaction was rolled back for a reason that a second try cures, with nothing of it done. */
export function repeatable(error: unknown): boolean {
  const errno = (error as { errno?: number } | null)?.errno;
  return errno === deadlock || errno === lockWaitTimeout;
}
