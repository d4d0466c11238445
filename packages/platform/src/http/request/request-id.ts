import { randomBytes } from 'node:crypto';

/**
 * Makes a source of request ids, unique over processes: 72 random bits of this source, then a counter. Drawing fresh
 * randomness for each request costs more than routing it.
 */
export function requestIds(): () => string {
  const prefix = `r_${randomBytes(9).toString('base64url')}_`;
  let count = 0;
  return () => prefix + (count++).toString(36);
}
