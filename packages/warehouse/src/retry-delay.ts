/** A warehouse that has not been reachable for so long will not be by waiting. */
const patienceSeconds = 6 * 3600;
/** SQS holds a message back for no longer. */
const longestDelay = 900;
const shortestDelay = 5;

/**
 * Seconds until work that has to wait for a warehouse is tried again: a tenth of how long it has waited already, so that
 * a short outage costs little and a long one few attempts.
 *
 * @param since when the work was asked for, in milliseconds since the epoch
 * @param now milliseconds since the epoch
 * @returns undefined when its patience is at an end
 */
export function retryDelay(since: number, now: number): number | undefined {
  const waited = (now - since) / 1000;
  if (waited > patienceSeconds) return undefined;
  return Math.min(longestDelay, Math.max(shortestDelay, Math.ceil(waited / 10)));
}
