import { randomFillSync } from 'node:crypto';

const valid = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Hexadecimal randomness out of a pool: one call into the system's source gives some 170 traces. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/**
 * The trace context of our part of a trace: https://www.w3.org/TR/trace-context/#traceparent-header
 *
 * @param received the caller's header; its trace id and flags are kept when it is valid
 * @returns `00-<trace id>-<new span id>-<flags>`
 */
export function traceparentOf(received: string | undefined): string {
  if (received !== undefined && valid.test(received)) {
    return `00-${received.slice(3, 35)}-${randomHex(8)}-${received.slice(53, 55)}`;
  }
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}
