import type { Generated } from 'kysely';

/**
 * Writer: each service, through platform, for all its routes. Used where the services are several processes; a single
 * process keeps its request log in a file of its own, and this table stays empty.
 */
export interface RequestLogTable {
  sequence: Generated<number>;
  id: string;
  tenant_id: string;
  service: string;
  at: number;
  method: string;
  path: string;
  status: number;
  /** milliseconds */
  duration: number;
  request: string | null;
  response: string | null;
}
