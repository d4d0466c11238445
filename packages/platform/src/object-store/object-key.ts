import { ObjectStoreError } from './object-store.ts';

const maxKeyLength = 1_024;
/** What file systems take for one name, in bytes; all allowed characters are single bytes. */
const maxSegmentLength = 255;
const segmentPattern = /^[A-Za-z0-9._-]+$/;

function isSegment(segment: string): boolean {
  return segmentPattern.test(segment) && segment !== '.' && segment !== '..' && segment.length <= maxSegmentLength;
}

/** Returns the key itself, or throws `invalid-key`. This check alone keeps every path inside the store's folder. */
export function checkedKey(key: string): string {
  if (key.length <= maxKeyLength && key.split('/').every(isSegment)) return key;
  // Quoted as JSON, since a refused key may hold control characters that would end up in logs.
  throw new ObjectStoreError('invalid-key', `${JSON.stringify(key.slice(0, 100))} is not a key of this store.`);
}

/** Returns a prefix that names a folder, or throws `invalid-key`; the empty one is refused, it would mean everything. */
export function checkedFolderPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) {
    throw new ObjectStoreError('invalid-key', `The prefix ${JSON.stringify(prefix.slice(0, 100))} must end with "/".`);
  }
  checkedKey(prefix.slice(0, -1));
  return prefix;
}
