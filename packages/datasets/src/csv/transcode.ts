import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { refuse } from '../problem.ts';
import type { Encoding } from './encoding.ts';

/**
 * Rewrites a text in UTF-16 as UTF-8, by chunks; lines stay lines.
 *
 * @throws RefusedData `not-utf16` for half a surrogate pair or half a character
 */
export async function transcodeToUtf8(source: string, output: string, encoding: Encoding): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const file = await open(output, 'wx');
  let line = 1;
  const write = async (text: string) => {
    for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) line += 1;
    await file.write(text);
  };
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      return refuse(
        'not-utf16',
        `The file begins as ${encoding.toUpperCase()}, but it holds bytes that are not, in or after line ${line}.`,
        'Save the file as UTF-8.',
        { row: line },
      );
    }
  };
  try {
    for await (const chunk of createReadStream(source, { highWaterMark: 2 ** 18 })) await write(decode(chunk, true));
    await write(decode(new Uint8Array(), false));
  } finally {
    await file.close();
  }
}
