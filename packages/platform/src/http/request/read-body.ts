import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Problem } from '@bellwether/contracts';

/** Bytes that are read and thrown away after a refusal: a client that is cut while it sends never sees the answer. */
const drainedBytes = 64 * 1024 * 1024;

/** The client ended the connection before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

function tooLarge(limit: number): Problem {
  return new Problem(413, 'body-too-large', `The body is larger than ${limit} bytes`, {
    cure: 'Send less in one request; upload tables through `POST /v1/datasets`',
  });
}

const noBytes = Buffer.alloc(0);

/** The text of a JSON body. Throws `malformed-json` (400) when it is not UTF-8. */
export function decodeBody(body: Buffer): string {
  if (body.length === 0) return '';
  if (!isUtf8(body)) {
    throw new Problem(400, 'malformed-json', 'The body is not UTF-8', { cure: 'Encode the JSON body as UTF-8' });
  }
  return body.toString();
}

function drain(request: IncomingMessage): void {
  let left = drainedBytes;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}

/**
 * Reads a request's body; a request without one costs nothing.
 *
 * @param limit bytes; throws `body-too-large` (413) above it, before all was read
 * @throws {ClientGone} when the client ended the connection in the middle
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> | Buffer {
  const { headers } = request;
  const length = headers['content-length'];
  if (headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return noBytes;
  if (length !== undefined && Number(length) > limit) {
    drain(request);
    throw tooLarge(limit);
  }
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let all: Buffer[] | undefined;
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.off('data', onData);
        drain(request);
        reject(tooLarge(limit));
      } else if (first === undefined) first = chunk;
      else {
        all ??= [first];
        all.push(chunk);
      }
    };
    request.on('data', onData);
    const onGone = () => reject(new ClientGone('The client went away'));
    request.once('end', () => {
      // Every request closes in the end: making an error for each costs as much as routing it.
      request.off('close', onGone);
      resolve(all === undefined ? (first ?? noBytes) : Buffer.concat(all));
    });
    request.once('close', onGone);
    request.once('error', onGone);
  });
}
