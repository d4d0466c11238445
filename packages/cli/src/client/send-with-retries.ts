import { setTimeout as pause } from 'node:timers/promises';
import { ServerUnreachable } from './server-refusal.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Pauses before the further attempts: long enough for a server that is being restarted by its supervisor. */
const pausesMs = [100, 300, 900];

/**
 * Sends a request that may arrive twice without harm, again when the connection fails. When the server stays away,
 * `recover` may name another one, which then takes its place.
 *
 * @throws ServerUnreachable
 */
export async function sendWithRetries(
  server: { url: string },
  request: Sent,
  recover: (() => Promise<string | undefined>) | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const failed = await attempts(server, request, signal);
  if (!(failed instanceof ServerUnreachable)) return failed;
  const elsewhere = await recover?.();
  if (elsewhere === undefined) throw failed;
  server.url = elsewhere;
  const again = await attempts(server, request, signal);
  if (again instanceof ServerUnreachable) throw again;
  return again;
}

async function attempts(
  { url }: { readonly url: string },
  { path, ...init }: Sent,
  signal: AbortSignal | undefined,
): Promise<Response | ServerUnreachable> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(`${url}${path}`, signal === undefined ? init : { ...init, signal });
    } catch (error) {
      signal?.throwIfAborted();
      const pauseMs = pausesMs[attempt];
      if (pauseMs === undefined) return new ServerUnreachable(url, error);
      await pause(pauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
