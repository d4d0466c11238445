import { setTimeout as pause } from 'node:timers/promises';

export interface Answered {
  /** from the header `x-request-id`: what the request log must have */
  readonly requestId: string;
  readonly status: number;
}

/**
 * A client that does not give up: what got no answer, since the server died, is asked again, under the same
 * idempotency key. What was answered is kept, to be looked up in the request log.
 */
export function persistentClient(url: string, tenant: string, giveUp: AbortSignal) {
  const answered: Answered[] = [];

  async function attempt(request: () => Promise<Response>, isLogged: boolean) {
    const response = await request();
    const text = await response.text();
    const requestId = response.headers.get('x-request-id');
    if (isLogged && requestId !== null) answered.push({ requestId, status: response.status });
    if (response.status >= 500) return undefined;
    // S3 answers in XML, which nobody reads here.
    return { status: response.status, body: isLogged && text !== '' ? (JSON.parse(text) as unknown) : undefined };
  }

  async function insist(request: () => Promise<Response>, isLogged = true) {
    for (;;) {
      giveUp.throwIfAborted();
      // A request that got no answer throws: the server is down.
      const answer = await attempt(request, isLogged).catch(() => undefined);
      if (answer !== undefined) return answer;
      await pause(20);
    }
  }

  return {
    answered,
    call: (method: string, path: string, body?: object, key?: string) =>
      insist(() =>
        fetch(url + path, {
          method,
          headers: {
            'x-user-id': tenant,
            'content-type': 'application/json',
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    // The object store's own URLs are no routes of the API: S3 would answer them, and has logs of its own.
    put: (target: string, headers: Record<string, string>, content: string) =>
      insist(() => fetch(target, { method: 'PUT', headers, body: content }), false),
  };
}

export type PersistentClient = ReturnType<typeof persistentClient>;
