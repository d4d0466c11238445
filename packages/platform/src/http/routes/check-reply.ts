import { z } from 'zod';
import type { Answer } from './answer.ts';
import type { BoundRoute } from './route.ts';

/** Throws when an answer's body is not what the contract says that this operation answers. */
export function checkReply<Tx>({ name, operation }: BoundRoute<Tx>, { text }: Answer): void {
  const { schema } = operation.success;
  if (schema === undefined || text === undefined) return;
  const { error } = schema.safeParse(JSON.parse(text));
  if (error !== undefined) throw new Error(`The reply of ${name} breaks its contract:\n${z.prettifyError(error)}`);
}
