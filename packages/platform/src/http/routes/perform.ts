import { type Operation, UserId } from '@bellwether/contracts';
import type { z } from 'zod';
import { tenantOf } from '../../auth/index.ts';
import type { Edge } from '../app/edge.ts';
import { invalidRequest } from '../request/invalid-request.ts';
import { parseJson } from '../request/parse-json.ts';
import { queryReader } from '../request/parse-query.ts';
import { decodeBody, readBody } from '../request/read-body.ts';
import { acceptWork, idempotencyKeyOf } from './accept.ts';
import { type Answer, answerOf } from './answer.ts';
import { checkReply } from './check-reply.ts';
import type { Exchange } from './exchange.ts';
import type { BoundRoute } from './route.ts';

/** Parses by a schema or refuses with `invalid-request`. The schemas' own types were matched by `Route`. */
function parsed(place: 'path' | 'query' | 'body', schema: z.ZodType, input: unknown): never {
  const result = schema.safeParse(input);
  if (result.success) return result.data as never;
  throw invalidRequest(place, { schema, input, error: result.error });
}

/** `userID` as the body says it, if it is one: a refused body shall stand in its user's log too. */
function userOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('userID' in body)) return undefined;
  const user = UserId.safeParse(body.userID);
  return user.success ? user.data : undefined;
}

/** Prepares the parsing of one operation's requests: what can be decided once is decided here. */
function inputParser({ params, query, body, rawBody, method }: Operation) {
  const readQuery = query === undefined ? undefined : queryReader(query);
  const namesUser = body !== undefined && 'userID' in body.shape;

  return async <Tx>(edge: Edge<Tx>, exchange: Exchange): Promise<void> => {
    const { request } = exchange;
    const { headers } = request;
    const user = headers['x-user-id'] as string | undefined;
    edge.authentication.admit(request);
    const caller = await edge.authentication.identify(request);
    exchange.tenantId = tenantOf(caller, undefined, user);
    const bytes = await readBody(request, edge.limits.bodyBytes);
    if (rawBody !== undefined) exchange.bytes = bytes;
    else exchange.text = decodeBody(bytes);
    if (body !== undefined) {
      const raw = parseJson(exchange.text ?? '', headers['content-type'], headers['content-encoding']);
      if (namesUser) exchange.tenantId = tenantOf(caller, userOf(raw), user);
      exchange.body = parsed('body', body, raw);
    }
    if (params !== undefined) exchange.params = parsed('path', params, request.params);
    if (query !== undefined) exchange.query = parsed('query', query, readQuery?.(request.url));
    if (method === 'post') idempotencyKeyOf(headers['idempotency-key'] as string | undefined);
  };
}

/**
 * The work on one operation's requests: who calls, what is asked, and the route's answer.
 *
 * @returns a function that throws the `Problem` of a refusal
 */
export function performer<Tx>(edge: Edge<Tx>, route: BoundRoute<Tx>): (exchange: Exchange) => Promise<Answer> {
  const parse = inputParser(route.operation);
  return async (exchange) => {
    await parse(edge, exchange);
    const reply = await route.call(exchange);
    const answer =
      reply.commit === undefined
        ? answerOf(route.operation, reply)
        : await acceptWork(edge.accept, route, exchange, reply.commit);
    if (edge.checkReplies) checkReply(route, answer);
    return answer;
  };
}
