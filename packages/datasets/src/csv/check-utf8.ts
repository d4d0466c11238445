import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { refuse } from '../problem.ts';

/** Bytes of the character that a lead byte begins, 0 if it begins none. */
function characterLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** How many bytes at the end belong to a character that continues in the next chunk. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return characterLength(byte) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Index of the first byte that is not UTF-8, in bytes known to hold one. */
function firstInvalid(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; ) {
    const length = characterLength(bytes[index] as number);
    if (length === 0 || !isUtf8(bytes.subarray(index, index + length))) return index;
    index += length;
  }
  return bytes.length;
}

/** How many lines end in so many bytes of a file. Looked up for a refusal, since counting takes longer than checking. */
function countLines(path: string, start: number, length: number): number {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(2 ** 20);
    let lines = 0;
    for (let done = 0; done < length; ) {
      const read = readSync(file, chunk, 0, Math.min(chunk.length, length - done), start + done);
      if (read === 0) break;
      for (let index = 0; index < read; index += 1) if (chunk[index] === 0x0a) lines += 1;
      done += read;
    }
    return lines;
  } finally {
    closeSync(file);
  }
}

/**
 * Checks a text by chunks.
 *
 * @param path of the text
 * @param start where in the file the first chunk begins
 * @throws RefusedData `not-utf8` or `not-text` with the line and the byte of the first offence
 */
export function createUtf8Check(path: string, start: number): { push(chunk: Uint8Array): void; end(): void } {
  let rest = new Uint8Array();
  let offset = 0;

  const reject = (bytes: Uint8Array, index: number) => {
    const row = 1 + countLines(path, start, offset + index);
    const value = (bytes[index] ?? 0).toString(16).padStart(2, '0');
    const place = `line ${row} (byte ${offset + index + 1} of the file)`;
    if (value === '00') {
      refuse('not-text', `There is a NUL byte in ${place}.`, 'Upload a text file, or say which format it is.', { row });
    }
    refuse(
      'not-utf8',
      `The byte 0x${value} in ${place} is not UTF-8; the file may be in Latin-1 or Windows-1252.`,
      'Save the file as UTF-8 (in Excel: "CSV UTF-8") or convert it with `iconv -f WINDOWS-1252 -t UTF-8`.',
      { row },
    );
  };
  const check = (bytes: Uint8Array) => {
    const zero = bytes.indexOf(0);
    if (!isUtf8(bytes)) {
      const invalid = firstInvalid(bytes);
      reject(bytes, zero === -1 ? invalid : Math.min(zero, invalid));
    }
    if (zero !== -1) reject(bytes, zero);
    offset += bytes.length;
  };

  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.length - unfinished(bytes);
      rest = Uint8Array.from(bytes.subarray(whole));
      check(bytes.subarray(0, whole));
    },
    end: () => check(rest),
  };
}
