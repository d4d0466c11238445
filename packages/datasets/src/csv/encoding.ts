export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Length of the byte order mark that a file in UTF-8 may begin with. */
export const markLength = (head: Uint8Array): number =>
  head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;

/**
 * The encoding of a text from its first bytes: its byte order mark, or for UTF-16 without one the zeros in every
 * second byte that Latin letters, digits and separators leave there.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const length = Math.min(head.length, 1_024) & ~1;
  let [even, odd] = [0, 0];
  for (let index = 0; index < length; index += 2) {
    if (head[index] === 0) even += 1;
    if (head[index + 1] === 0) odd += 1;
  }
  const most = 0.4 * (length / 2);
  if (length > 0 && odd > most && even === 0) return 'utf-16le';
  if (length > 0 && even > most && odd === 0) return 'utf-16be';
  return 'utf-8';
}
