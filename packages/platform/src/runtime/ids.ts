import { v7 } from 'uuid';

/**
 * A new id: its kind, and a UUIDv7 (RFC 9562) without dashes, so that ids of one process sort by time and lists page by
 * id alone.
 *
 * @param prefix `ds`, `job`, `trial`, …
 */
export function newId(prefix: string): string {
  return `${prefix}_${v7().replaceAll('-', '')}`;
}
