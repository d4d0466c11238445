import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@bellwether/contracts';
import { ObjectStoreError } from '../object-store.ts';
import type { FileStore } from './file-store.ts';
import { isErrno } from './file-write.ts';
import type { ObjectRequest } from './object-request.ts';
import type { Grant } from './signed-url.ts';

function tooLarge(maxBytes: number | undefined): Problem {
  return new Problem(413, 'too-large', `This URL takes at most ${maxBytes} bytes.`, {
    cure: 'Send less, or ask for a URL with the size of the file.',
  });
}

function incomplete(announced: number): Problem {
  return new Problem(400, 'incomplete-body', `The body is not of the ${announced} bytes that were announced.`, {
    cure: 'Send the whole file for which the URL was made.',
  });
}

function alreadyUploaded(): Problem {
  return new Problem(409, 'already-uploaded', 'Something was uploaded by this URL already.', {
    cure: 'Ask for a new URL: one URL takes one upload.',
  });
}

/** Refuses by the headers alone what the body could only confirm. */
function checkHeaders(request: IncomingMessage, { maxBytes, contentLength }: Grant): void {
  const header = request.headers['content-length'];
  const limit = contentLength ?? maxBytes ?? 0;
  if (header === undefined) {
    const isChunked = request.headers['transfer-encoding'] !== undefined;
    if (isChunked && contentLength === undefined) return;
    throw new Problem(411, 'length-required', 'The size of the body is missing.', { cure: 'Send Content-Length.' });
  }
  if (Number(header) > limit) throw tooLarge(limit);
  if (contentLength !== undefined && Number(header) !== contentLength) throw incomplete(contentLength);
}

function problemFor(error: unknown, { contentLength, maxBytes }: Grant): unknown {
  if (isErrno(error, 'ENOSPC', 'EDQUOT')) {
    return new Problem(507, 'storage-full', 'The disk of the server is full.', { cure: 'Make room and upload again.' });
  }
  if (!(error instanceof ObjectStoreError)) return error;
  if (error.code === 'too-large') return tooLarge(contentLength ?? maxBytes);
  if (error.code === 'incomplete') return incomplete(contentLength ?? 0);
  return error.code === 'already-uploaded' ? alreadyUploaded() : error;
}

/** Answers `PUT /objects/<key>`. A connection that ends before its body leaves nothing, and gets no answer. */
export async function answerUpload(
  store: FileStore,
  { key, query }: ObjectRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const grant = store.grantOf('PUT', key, query);
  checkHeaders(request, grant);
  // Before the body is read; two at once are told apart when they are stored.
  if ((await store.head(key)) !== undefined) throw alreadyUploaded();
  try {
    const { etag } = await store.acceptUpload(grant, request);
    response.writeHead(200, { etag: `"${etag}"`, 'content-length': 0 }).end();
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    throw problemFor(error, grant);
  }
}
