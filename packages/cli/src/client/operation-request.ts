import { type Api, api, type Operation, type OperationName } from '@bellwether/contracts';
import type { z } from 'zod';

type Part<O, P extends string, Optional extends boolean> = O extends {
  readonly [K in P]: infer Schema extends z.ZodType;
}
  ? Optional extends true
    ? { readonly [K in P]?: z.input<Schema> }
    : { readonly [K in P]: z.input<Schema> }
  : unknown;

/** What an operation is called with: its path's parameters, its query, its body. */
export type Arguments<K extends OperationName> = Part<Api[K], 'params', false> &
  Part<Api[K], 'query', true> &
  Part<Api[K], 'body', false>;

export interface OperationRequest {
  readonly method: string;
  /** path and query */
  readonly path: string;
  readonly body?: string;
}

/** The HTTP request by which an operation of the contract is called. */
export function operationRequest<K extends OperationName>(name: K, given: Arguments<K>): OperationRequest {
  const operation: Operation = api[name];
  const {
    params = {},
    query = {},
    body,
  } = given as {
    readonly params?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)] as [string, string]],
    ),
  ).toString();
  return {
    method: operation.method.toUpperCase(),
    path: search === '' ? path : `${path}?${search}`,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
