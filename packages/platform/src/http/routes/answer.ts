import type { Operation } from '@bellwether/contracts';
import type { Chunks, LooseAnswer } from './route.ts';

/** An answer in the form in which it is logged and sent. */
export interface Answer {
  readonly status: number;
  /** names and values in turn, as Node writes them fastest */
  readonly headers: readonly string[];
  readonly text?: string | undefined;
  readonly stream?: Chunks | undefined;
}

export const jsonHeaders: readonly string[] = ['content-type', 'application/json'];
const noHeaders: readonly string[] = [];

function flat(headers: Readonly<Record<string, string>> | undefined, location: string | undefined): readonly string[] {
  const list = Object.entries(headers ?? {}).flatMap(([name, value]) => [name.toLowerCase(), value]);
  return location === undefined ? list : [...list, 'location', location];
}

/** Turns a route's reply into its answer; the status defaults to the operation's. Throws when the body is no JSON. */
export function answerOf({ success }: Operation, reply: LooseAnswer<never>): Answer {
  const status = reply.status ?? success.status;
  const { headers, location } = reply;
  const extra = headers === undefined && location === undefined ? noHeaders : flat(headers, location);
  if (reply.stream !== undefined) return { status, headers: extra, stream: reply.stream };
  if (reply.body === undefined) return { status, headers: extra };
  const text = JSON.stringify(reply.body);
  return { status, headers: extra === noHeaders ? jsonHeaders : [...jsonHeaders, ...extra], text };
}
