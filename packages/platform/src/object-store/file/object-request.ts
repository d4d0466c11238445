import type { IncomingMessage } from 'node:http';
import { Problem } from '@bellwether/contracts';
import { checkedKey } from '../object-key.ts';
import { ObjectStoreError } from '../object-store.ts';

const prefix = '/objects/';

export interface ObjectRequest {
  readonly key: string;
  readonly query: URLSearchParams;
}

export function isObjectRequest(request: IncomingMessage): boolean {
  return request.url?.startsWith(prefix) ?? false;
}

/**
 * The key and the query of a request for `/objects/<key>`. Not by `URL`, which would resolve `..` before the check.
 *
 * @throws Problem 400 `invalid-key`
 */
export function objectRequest(request: IncomingMessage): ObjectRequest {
  const [path = '', ...query] = (request.url ?? '').slice(prefix.length).split('?');
  try {
    return { key: checkedKey(decodeURIComponent(path)), query: new URLSearchParams(query.join('?')) };
  } catch (error) {
    const isRefused = error instanceof URIError || error instanceof ObjectStoreError;
    if (!isRefused) throw error;
    throw new Problem(400, 'invalid-key', 'The path is not a key of this store.', {
      cure: 'Use the URL exactly as it was given.',
    });
  }
}
