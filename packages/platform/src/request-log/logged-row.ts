import type { LoggedRequest } from '@bellwether/contracts';

/** A request as its row has it, in the file and in the table. */
export interface LoggedRow {
  readonly id: string;
  readonly at: number;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly duration: number;
  readonly request: string | null;
  readonly response: string | null;
}

/** A request as the API shows it. */
export function toLogged({
  id,
  at,
  service,
  method,
  path,
  status,
  duration,
  request,
  response,
}: LoggedRow): LoggedRequest {
  return {
    id,
    at: new Date(at).toISOString(),
    service,
    method,
    path,
    status,
    duration,
    ...(request === null ? {} : { request }),
    ...(response === null ? {} : { response }),
  };
}
