import type { ByteRange } from '../object-store.ts';

export type RequestedRange = Required<ByteRange> | 'whole' | 'unsatisfiable';

/**
 * What a `Range` header asks of content of `size` bytes (RFC 9110, 14.2). Anything but one range of bytes is ignored,
 * as the standard allows.
 */
export function requestedRange(header: string | undefined, size: number): RequestedRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
