import type { Problem } from '@bellwether/contracts';
import type { Request, RequestHandler } from 'express';
import { ClientGone } from '../request/read-body.ts';
import { openInferenceAnswer, problemAnswer, problemOf } from '../response/problem-answer.ts';
import { logAndSend, sendUnlogged } from '../response/send.ts';
import { Exchange } from '../routes/exchange.ts';
import { performer } from '../routes/perform.ts';
import type { BoundRoute } from '../routes/route.ts';
import type { Edge } from './edge.ts';

/** Status of a request whose client went away before it was whole: nobody sees it but the log's readers. */
const clientClosedRequest = 499;

/** Answers the requests of one operation: the one way from the socket through route and log back to the socket. */
export function answerRequests<Tx>(edge: Edge<Tx>, route: BoundRoute<Tx>): RequestHandler {
  const perform = performer(edge, route);
  const { service, refusalForm } = route.operation;

  async function answer(exchange: Exchange): Promise<void> {
    try {
      await logAndSend(edge, service, exchange, await perform(exchange));
    } catch (error) {
      if (error instanceof ClientGone) {
        await logAndSend(edge, service, exchange, { status: clientClosedRequest, headers: [] });
        return;
      }
      const problem = problemOf(error, exchange.requestId, edge.logger);
      const refusal =
        refusalForm === undefined ? problemAnswer(problem, exchange.requestId) : openInferenceAnswer(problem);
      await logAndSend(edge, service, exchange, refusal);
    }
  }

  return (request, response) => answer(new Exchange(request, response, edge.nextId(), edge));
}

/** Knows the tenant of a request that no route answers, if it can be known. */
async function knowTenant<Tx>({ authentication }: Edge<Tx>, exchange: Exchange): Promise<void> {
  try {
    const { tenantId } = await authentication.identify(exchange.request);
    exchange.tenantId = tenantId ?? 'local';
  } catch {
    // A stranger's mistaken path is logged too, in nobody's list.
  }
}

/** What of this server belongs into the request log even where no operation answers. */
const isLogged = (request: Request, isOperation: boolean) => isOperation || request.path.startsWith('/v1/');

/**
 * Refuses a request that no operation answers.
 *
 * @param isOperation whether the path is an operation's, asked with another method
 */
export async function refuse<Tx>(
  edge: Edge<Tx>,
  exchange: Exchange,
  problem: Problem,
  headers: readonly string[] = [],
  isOperation = false,
): Promise<void> {
  const answer = problemAnswer(problem, exchange.requestId, headers);
  if (!isLogged(exchange.request, isOperation)) {
    sendUnlogged(edge, exchange, answer);
    return;
  }
  await knowTenant(edge, exchange);
  await logAndSend(edge, 'edge', exchange, answer);
}
