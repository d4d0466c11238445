import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@bellwether/contracts';
import { problemAnswer } from '../../http/response/problem-answer.ts';
import { answerDownload } from './download-route.ts';
import type { FileStore } from './file-store.ts';
import { isObjectRequest, objectRequest } from './object-request.ts';
import { answerUpload } from './upload-route.ts';

const methods = 'GET, HEAD, PUT, OPTIONS';
/** How long the rest of a refused body is read, so that the client sees the answer and not a reset connection. */
const lingerMs = 2_000;

/**
 * The signature in the URL is the whole permission, and no cookie counts here, so pages of any origin may use one that
 * they were given.
 */
function allowOrigins(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'etag, content-range, content-disposition, accept-ranges');
}

function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    allow: methods,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': '*',
    'access-control-max-age': '3600',
  });
  response.end();
}

/**
 * Answers with a problem document. What still comes of the body is read and dropped for a while: a connection that is
 * closed on a client that is sending resets, and the answer is lost.
 */
function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const { status, headers, text = '' } = problemAnswer(problem, randomUUID());
  for (let index = 0; index + 1 < headers.length; index += 2) {
    response.setHeader(headers[index] ?? '', headers[index + 1] ?? '');
  }
  if (!request.complete) {
    const { socket } = request;
    const cut = setTimeout(() => socket.destroy(), lingerMs).unref();
    request.once('close', () => clearTimeout(cut));
    request.resume();
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}

async function answer(store: FileStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return answerPreflight(response);
  const asked = objectRequest(request);
  if (request.method === 'PUT') return answerUpload(store, asked, request, response);
  if (request.method === 'GET' || request.method === 'HEAD') return answerDownload(store, asked, request, response);
  response.setHeader('allow', methods);
  throw new Problem(405, 'method-not-allowed', `Objects have no ${request.method}.`, {
    cure: `Use one of ${methods}.`,
  });
}

/**
 * Serves the signed URLs of the embedded store below `/objects/`. Returns false for other requests, which it does not
 * touch. Refusals are answered here; an unexpected error is thrown to the caller.
 */
export function fileStoreRoutes(store: FileStore) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (!isObjectRequest(request)) return false;
    allowOrigins(response);
    try {
      await answer(store, request, response);
    } catch (error) {
      if (!(error instanceof Problem) || response.headersSent) throw error;
      refuse(request, response, error);
    }
    return true;
  };
}
