import type { IncomingMessage } from 'node:http';

/** Who calls. Without a tenant the caller says itself which one it is: `AUTH=none`. */
export interface Caller {
  readonly tenantId: string | undefined;
}

/** How a server knows its callers. */
export interface Authentication {
  /** whether callers need an API key, for the OpenAPI document */
  readonly needsKey: boolean;
  /** Refuses requests that must not reach anything here, whatever their path; `/healthz` and `/readyz` excepted. */
  admit(request: IncomingMessage): void;
  /** Throws a 401 problem when the caller is nobody we know. A promise only where something must be looked up. */
  identify(request: IncomingMessage): Caller | Promise<Caller>;
}
