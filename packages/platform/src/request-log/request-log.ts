import type { LoggedRequest } from '@bellwether/contracts';

/** One request with its answer, as it is written. */
export interface RequestLogEntry {
  readonly id: string;
  /** empty while the caller was not known: such entries are in nobody's list */
  readonly tenantId: string;
  readonly service: string;
  /** milliseconds since the epoch */
  readonly at: number;
  readonly method: string;
  /** with its query, secrets removed */
  readonly path: string;
  readonly status: number;
  /** milliseconds from the request's head to its answer being ready */
  readonly duration: number;
  /** bodies: capped, secrets removed */
  readonly request?: string | undefined;
  readonly response?: string | undefined;
}

export interface RequestFilter {
  readonly tenantId: string;
  /** only requests whose path begins so */
  readonly path?: string | undefined;
  readonly status?: number | undefined;
}

export interface RequestPage {
  readonly requests: readonly LoggedRequest[];
  readonly nextCursor?: string;
}

/** The durable record of what was asked and answered. */
export interface RequestLog {
  /** Resolves when the entry is durable; the answer must not leave before. Rejects when it could not be written. */
  append(entry: RequestLogEntry): Promise<void>;
  /** Newest first. */
  list(filter: RequestFilter & { readonly limit: number; readonly cursor?: string | undefined }): Promise<RequestPage>;
  count(filter: RequestFilter): Promise<number>;
  /** Writes what is still waiting, then ends. */
  close(): Promise<void>;
}
