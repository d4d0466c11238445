import { CompiledQuery } from 'kysely';
import { connectionLost, rolledBack } from './mysql/mysql-errors.ts';
import type { Tx } from './tables/tables.ts';

const begin = CompiledQuery.raw('savepoint part');
const release = CompiledQuery.raw('release savepoint part');
const takeBack = CompiledQuery.raw('rollback to savepoint part');

/**
 * Runs `work` as a part of a transaction: when it throws, what it wrote is taken back and the transaction goes on.
 *
 * @throws what `work` threw when the transaction as a whole is lost, such as a deadlock's victim
 */
export async function inSavepoint<R>(tx: Tx, work: (tx: Tx) => Promise<R>): Promise<PromiseSettledResult<R>> {
  await tx.executeQuery(begin);
  try {
    const value = await work(tx);
    await tx.executeQuery(release);
    return { status: 'fulfilled', value };
  } catch (reason) {
    if (rolledBack(reason) || connectionLost(reason)) throw reason;
    await tx.executeQuery(takeBack);
    // SQLite keeps a savepoint that was rolled back to, and a next one of the same name would nest in it.
    await tx.executeQuery(release);
    return { status: 'rejected', reason };
  }
}
