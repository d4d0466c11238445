import { z } from 'zod';
import type { Service } from '../service.ts';

/** One route of the HTTP contract: its schemas check requests, write the OpenAPI document and type the route's code. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI form: `/v1/datasets/{id}` */
  readonly path: string;
  readonly service: Service;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** the route reads the body itself, as bytes: a format that JSON schemas do not describe */
  readonly rawBody?: { readonly contentTypes: readonly string[]; readonly description: string };
  readonly success: { readonly status: number; readonly description: string; readonly schema?: z.ZodType };
  /** codes of the refusals that a client should expect, by status */
  readonly refusals?: Readonly<Record<number, string>>;
  /** how refusals are written, where another standard says so: `{"error": …}`. Default: RFC 9457 */
  readonly refusalForm?: 'open-inference';
}

/**
 * Names that people choose: they stand in URLs, file names and object listings, so no slash and no leading dot. Nor a
 * blank at the end, by which names differ in SQLite and do not in MySQL.
 */
export const Name = z
  .string()
  .regex(
    /^[A-Za-z0-9_](?:[A-Za-z0-9._ -]{0,98}[A-Za-z0-9._-])?$/,
    'use 1 to 100 letters, digits, blanks, dots, dashes or underscores; no slash, no dot first and no blank last',
  )
  .meta({ example: 'diamonds' });

export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id of ours');
export const Time = z.iso.datetime().meta({ example: '2026-11-21T09:30:00.000Z' });
export const IdParams = z.object({ id: Id });
export const NameParams = z.object({ name: Name });

/** Cursor paging: pass `nextCursor` of one page as `cursor` of the next. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

export const UserId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'use 1 to 64 letters, digits, dashes or underscores')
  .meta({ description: 'The tenant, as the short routes call it', example: 'u1' });

/** A page of `item`s under `key`. */
export function pageOf<const Key extends string, Item extends z.ZodType>(key: Key, item: Item) {
  return z.object({ [key]: z.array(item), nextCursor: z.string().optional() } as {
    [K in Key]: z.ZodArray<Item>;
  } & { nextCursor: z.ZodOptional<z.ZodString> });
}
