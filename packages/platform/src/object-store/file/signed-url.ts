import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '@bellwether/contracts';

/** What a signed URL of the embedded store allows. */
export interface Grant {
  readonly method: 'PUT' | 'GET';
  readonly key: string;
  /** milliseconds since the epoch */
  readonly expiresAt: number;
  readonly maxBytes?: number;
  readonly contentLength?: number;
  readonly fileName?: string;
}

/** In the order in which they are signed. The method and the key are signed too, but come with the request itself. */
const parameters = ['expires', 'max', 'length', 'name'] as const;

function signature(secret: Buffer, method: string, key: string, query: URLSearchParams): Buffer {
  // JSON keeps the parts apart: no two different grants have the same text.
  const text = JSON.stringify([method, key, ...parameters.map((name) => query.get(name))]);
  return createHmac('sha256', secret).update(text).digest();
}

/** The URL that carries a grant, below `base` (`http://127.0.0.1:8080`). */
export function signedUrl(secret: Buffer, base: string, grant: Grant): string {
  const query = new URLSearchParams({ expires: String(grant.expiresAt) });
  if (grant.maxBytes !== undefined) query.set('max', String(grant.maxBytes));
  if (grant.contentLength !== undefined) query.set('length', String(grant.contentLength));
  if (grant.fileName !== undefined) query.set('name', grant.fileName);
  query.set('signature', signature(secret, grant.method, grant.key, query).toString('base64url'));
  return `${base.replace(/\/$/, '')}/objects/${grant.key}?${query}`;
}

/**
 * The grant that a request brings.
 *
 * @param now milliseconds since the epoch
 * @throws Problem 403 `signature-invalid` or `signature-expired`
 */
export function readGrant(
  secret: Buffer,
  { method, key, query }: { readonly method: 'PUT' | 'GET'; readonly key: string; readonly query: URLSearchParams },
  now: number,
): Grant {
  const given = Buffer.from(query.get('signature') ?? '', 'base64url');
  const expected = signature(secret, method, key, query);
  // timingSafeEqual throws for other lengths, which are no secret.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Problem(403, 'signature-invalid', 'The URL was not signed for this request.', {
      cure: 'Use the URL, its method and its headers exactly as they were given.',
    });
  }
  const expiresAt = Number(query.get('expires'));
  if (!(expiresAt > now)) {
    throw new Problem(403, 'signature-expired', `The URL expired at ${new Date(expiresAt).toISOString()}.`, {
      cure: 'Ask for a new URL.',
    });
  }
  const numberOf = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
  const maxBytes = numberOf('max');
  const contentLength = numberOf('length');
  const fileName = query.get('name');
  return {
    method,
    key,
    expiresAt,
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(contentLength === undefined ? {} : { contentLength }),
    ...(fileName === null ? {} : { fileName }),
  };
}
