import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Problem } from '@bellwether/contracts';

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/** Bytes of a body when unpacked: a few kilobytes can unpack to gigabytes. */
export const maxUnpackedBytes = 16 * 1024 ** 2;

/**
 * A body without its compression, which Triton's clients may use.
 *
 * @throws Problem `unsupported-encoding` (415), `body-too-large` (413), `malformed-body` (400)
 */
export async function unpackBody(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return bytes;
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new Problem(415, 'unsupported-encoding', `A body in \`${encoding}\` is not read.`, {
      cure: 'Send it as gzip, as deflate or uncompressed.',
    });
  }
  try {
    return await decoders[encoding](bytes, { maxOutputLength: maxUnpackedBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem(413, 'body-too-large', `The body unpacks to more than ${maxUnpackedBytes} bytes.`, {
        cure: 'Send fewer rows in one request.',
      });
    }
    throw new Problem(400, 'malformed-body', `The body is not ${encoding}.`, { cure: 'Send it uncompressed.' });
  }
}
