import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@bellwether/contracts';
import { attachment } from '../content-disposition.ts';
import { ObjectStoreError } from '../object-store.ts';
import { requestedRange } from './byte-range.ts';
import type { OpenObject } from './file-objects.ts';
import type { FileStore } from './file-store.ts';
import type { ObjectRequest } from './object-request.ts';

async function opened(store: FileStore, key: string): Promise<OpenObject> {
  try {
    return await store.openObject(key);
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    throw new Problem(404, error.code, 'There is no object under this URL; it may have been deleted.');
  }
}

function headersOf(etag: string, modifiedAt: number, fileName: string | undefined): OutgoingHttpHeaders {
  return {
    etag,
    'last-modified': new Date(modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(fileName),
    // What tenants upload comes from our own origin: no browser may run it here.
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  };
}

/** Answers `GET` and `HEAD` of `/objects/<key>`, by ranges too. */
export async function answerDownload(
  store: FileStore,
  { key, query }: ObjectRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { fileName } = store.grantOf('GET', key, query);
  const { head, handle } = await opened(store, key);
  try {
    const etag = `"${head.etag}"`;
    const headers = headersOf(etag, head.modifiedAt, fileName);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const ifRange = request.headers['if-range'];
    const isSame = ifRange === undefined || ifRange === etag;
    const range = isSame ? requestedRange(request.headers.range, head.size) : 'whole';
    if (range === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${head.size}`);
      throw new Problem(416, 'range-not-satisfiable', `The object has ${head.size} bytes.`, {
        cure: 'Ask for a range within it.',
      });
    }
    const { start, end } = range === 'whole' ? { start: 0, end: head.size - 1 } : range;
    const part = range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${head.size}` };
    response.writeHead(range === 'whole' ? 200 : 206, { ...headers, ...part, 'content-length': end - start + 1 });
    if (request.method === 'HEAD' || head.size === 0) response.end();
    else await send(handle.createReadStream({ start, end, highWaterMark: 262_144 }), response);
  } finally {
    await handle.close();
  }
}

async function send(content: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  try {
    await pipeline(content, response);
  } catch (error) {
    // A client that went away in the middle is no failure of ours; anything else cuts the answer, which is all that
    // can be said after the headers.
    if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined);
  }
}
