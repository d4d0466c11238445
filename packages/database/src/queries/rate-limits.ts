import type { Tx } from '../tables/tables.ts';

export interface TokenBucket {
  readonly name: string;
  /** tokens that a rested bucket holds */
  readonly capacity: number;
  readonly perSecond: number;
}

/**
 * Takes a token in advance if need be: whoever comes later waits longer, so nobody is starved (a token bucket with
 * reservations, as Guava's `RateLimiter` has it).
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds to wait before the request may be sent
 */
export async function reserveToken(tx: Tx, { name, capacity, perSecond }: TokenBucket, now: number): Promise<number> {
  // takes the row's exclusive lock at once, made first when it is not there
  await tx
    .insertInto('rate_limits')
    .values({ name, tokens: capacity, counted_at: now })
    .onDuplicateKeyUpdate(({ ref }) => ({ name: ref('name') }))
    .execute();
  const row = await tx.selectFrom('rate_limits').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
  const refilled = row.tokens + (Math.max(0, now - row.counted_at) / 1000) * perSecond;
  const tokens = Math.min(capacity, refilled) - 1;
  await tx.updateTable('rate_limits').set({ tokens, counted_at: now }).where('name', '=', name).execute();
  return tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
}
