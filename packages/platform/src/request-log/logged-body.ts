import { isUtf8 } from 'node:buffer';
import { redact } from './redact.ts';

/**
 * A body as it stands in the log: without secrets, and capped, with a note of how much was cut.
 *
 * @param limit characters kept
 */
export function loggedBody(text: string | undefined, limit: number): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length <= limit) return redact(text);
  return `${redact(text.slice(0, limit))}… [${text.length - limit} characters cut]`;
}

/** Bytes as they stand in the log: text where they are text, else how many there were. */
export function loggedBytes(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  return isUtf8(bytes) ? bytes.toString() : `[${bytes.length} bytes]`;
}
