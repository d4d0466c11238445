import type { IncomingMessage } from 'node:http';
import { Problem } from '@bellwether/contracts';
import type { Authentication } from './authenticate.ts';
import { isLoopback, withoutPort } from './loopback.ts';

/** A server without keys would be open to others than the person at this machine. */
export class InsecureAuthentication extends Error {
  override readonly name = 'InsecureAuthentication';
  readonly code = 'insecure-authentication';
}

export interface OpenAuthenticationOptions {
  /** the address on which the server listens */
  readonly boundTo: string;
  /** said explicitly by whoever keeps strangers away by other means, as compose does with ports on 127.0.0.1 */
  readonly allowInsecure?: boolean;
  /** further names under which clients may reach the server, with or without a port */
  readonly publicHosts?: readonly string[];
}

function refusedHost(host: string | undefined): Problem {
  return new Problem(403, 'host-not-allowed', `Requests for the host \`${host ?? ''}\` are not answered without keys`, {
    cure: 'Use localhost or 127.0.0.1, add the name to the public hosts, or start with AUTH=keys',
  });
}

function refusedOrigin(origin: string): Problem {
  return new Problem(403, 'cross-origin-refused', `A page of \`${origin}\` may not call this server`, {
    cure: 'Call from the console or from a program, or start with AUTH=keys and call from your own server',
  });
}

/** A page of another site may link here, but neither fetch nor embed nor submit. Only browsers send these headers. */
function checkOrigin({ headers }: IncomingMessage, host: string): void {
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) throw refusedOrigin(origin);
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isForeign && headers['sec-fetch-mode'] !== 'navigate') throw refusedOrigin(origin ?? 'another site');
}

/**
 * `AUTH=none`, for one's own machine: callers name their tenant themselves. `Host` and `Origin` are checked, so that no
 * web page can reach the server through the person's browser, neither directly nor by DNS rebinding.
 *
 * @throws {InsecureAuthentication} when bound to an address that others reach, unless `allowInsecure`
 */
export function openAuthentication(options: OpenAuthenticationOptions): Authentication {
  if (!isLoopback(options.boundTo) && options.allowInsecure !== true) {
    throw new InsecureAuthentication(
      `AUTH=none on ${options.boundTo} would let everybody in who reaches it: bind to 127.0.0.1 or use AUTH=keys`,
    );
  }
  const publicHosts = new Set(options.publicHosts?.map((host) => host.toLowerCase()));
  const isAllowed = (host: string) =>
    isLoopback(withoutPort(host)) || publicHosts.has(host) || publicHosts.has(withoutPort(host));
  let last: string | undefined;
  return {
    needsKey: false,
    admit(request) {
      const { host } = request.headers;
      // Nearly all requests name the host that the one before named.
      if (host === undefined || (host !== last && !isAllowed(host.toLowerCase()))) throw refusedHost(host);
      last = host;
      checkOrigin(request, host);
    },
    identify: () => ({ tenantId: undefined }),
  };
}
