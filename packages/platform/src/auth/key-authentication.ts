import { Problem } from '@bellwether/contracts';
import { apiKeyForm, hashApiKey } from './api-key.ts';
import type { Authentication, Caller } from './authenticate.ts';

export interface KeyAuthenticationOptions {
  /** Finds who holds the key with this hash; undefined when nobody does, or no longer. */
  readonly findKey: (hash: string) => Promise<{ readonly tenantId: string } | undefined>;
  /** milliseconds for which a found key is not looked up again: a revoked one works that long; default 10 s */
  readonly cacheMilliseconds?: number;
  /** milliseconds, monotonic */
  readonly now?: () => number;
}

const cachedKeys = 10_000;

function missing(): Problem {
  return new Problem(401, 'api-key-missing', 'This route needs an API key', {
    cure: 'Send `Authorization: Bearer bw_…`; `bellwether keys create` makes a key',
  });
}

function unknown(): Problem {
  return new Problem(401, 'api-key-unknown', 'The API key is unknown or was revoked', {
    cure: 'Check the key, or make one with `bellwether keys create`',
  });
}

/** `AUTH=keys`: the tenant is the one that holds the bearer key. */
export function keyAuthentication(options: KeyAuthenticationOptions): Authentication {
  const { findKey, cacheMilliseconds = 10_000, now = () => performance.now() } = options;
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();

  async function lookUp(hash: string): Promise<Caller> {
    const found = await findKey(hash);
    // A failure is not remembered: a key works as soon as it is made.
    if (found === undefined) throw unknown();
    if (known.size >= cachedKeys) known.clear();
    const caller = { tenantId: found.tenantId };
    known.set(hash, { caller, until: now() + cacheMilliseconds });
    return caller;
  }

  return {
    needsKey: true,
    admit: () => {},
    identify(request) {
      const header = request.headers.authorization;
      if (header === undefined) throw missing();
      const key = /^bearer +(\S+) *$/i.exec(header)?.[1];
      if (key === undefined) throw missing();
      if (!apiKeyForm.test(key)) throw unknown();
      const hash = hashApiKey(key);
      const hit = known.get(hash);
      return hit !== undefined && hit.until > now() ? hit.caller : lookUp(hash);
    },
  };
}
