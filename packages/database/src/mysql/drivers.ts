import type { DatabaseConnection, Driver } from 'kysely';
import { type Patience, retry } from '../retry.ts';
import { CommitOutcomeUnknown } from './commit-outcome-unknown.ts';
import { connectionLost, neverSent } from './mysql-errors.ts';

/** A driver for transactions that tells a commit of unknown outcome from one that did not happen. */
export function transactingDriver(driver: Driver): Driver {
  return {
    init: () => driver.init(),
    destroy: () => driver.destroy(),
    acquireConnection: (options) => driver.acquireConnection(options),
    releaseConnection: (connection, options) => driver.releaseConnection(connection, options),
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    async commitTransaction(connection) {
      try {
        await driver.commitTransaction(connection);
      } catch (error) {
        throw connectionLost(error) && !neverSent(error) ? new CommitOutcomeUnknown(error) : error;
      }
    },
    async rollbackTransaction(connection) {
      try {
        await driver.rollbackTransaction(connection);
      } catch (error) {
        // The server rolls back what a lost connection had begun. Thrown, this would hide why it was to be rolled back.
        if (!connectionLost(error)) throw error;
      }
    },
  };
}

/**
 * A driver for single reads outside of transactions, which are repeated on another connection when theirs is lost: one
 * that died in the pool fails no request.
 */
export function readingDriver(driver: Driver, patience: Patience): Driver {
  const refuse = async () => {
    throw new Error('no transactions here: use transact');
  };
  const connection: DatabaseConnection = {
    executeQuery: (query, options) =>
      retry(
        async () => {
          const own = await driver.acquireConnection(options);
          try {
            return await own.executeQuery(query, options);
          } finally {
            await driver.releaseConnection(own, options);
          }
        },
        connectionLost,
        patience,
      ),
    streamQuery() {
      throw new Error('rows are not streamed: read them page by page');
    },
  };
  return {
    init: () => driver.init(),
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: () => driver.destroy(),
  };
}
