import type { Express, Request, Response } from 'express';
import { sendUnlogged } from '../response/send.ts';
import { jsonHeaders } from '../routes/answer.ts';
import { Exchange } from '../routes/exchange.ts';
import type { Edge } from './edge.ts';

/** What must work before requests are sent here, by name. A check throws when its thing cannot be used now. */
export type Readiness = Readonly<Record<string, () => Promise<unknown>>>;

const checkMilliseconds = 5_000;

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code = 'no-answer';
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${checkMilliseconds} ms`)), checkMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Our own code, which tells a queue that is missing from one that does not answer; a driver's may say anything. */
function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[a-z]+(-[a-z]+)+$/.test(code) ? code : undefined;
}

async function runChecks<Tx>(edge: Edge<Tx>, readiness: Readiness) {
  const runs = Object.entries(readiness).map(async ([name, check]) => {
    try {
      await within(check());
      return { name, ready: true };
    } catch (error) {
      // The reason may name hosts and paths: it goes to the operator's log, not to whoever asks.
      edge.logger.warn({ err: error, check: name }, 'not ready');
      const code = codeOf(error);
      return { name, ready: false, ...(code === undefined ? {} : { code }) };
    }
  });
  return Promise.all(runs);
}

/**
 * Adds `/healthz` (the process runs) and `/readyz` (it can do its work; 503 says which checks failed), and the same
 * under the names by which the Open Inference Protocol and MLflow (also SageMaker) know them. None needs a key.
 */
export function addHealth<Tx>(app: Express, edge: Edge<Tx>, readiness: Readiness): void {
  const answer = (request: Request, response: Response, status: number, body: unknown) =>
    sendUnlogged(edge, new Exchange(request, response, edge.nextId(), edge), {
      status,
      headers: jsonHeaders,
      text: JSON.stringify(body),
    });

  app.get('/healthz', (request, response) => answer(request, response, 200, { status: 'ok' }));
  app.get('/v2/health/live', (request, response) => answer(request, response, 200, { live: true }));
  app.get(['/readyz', '/v2/health/ready', '/ping'], async (request, response) => {
    if (edge.draining.aborted) {
      answer(request, response, 503, { status: 'stopping', ready: false, checks: [] });
      return;
    }
    const checks = await runChecks(edge, readiness);
    const isReady = checks.every(({ ready }) => ready);
    answer(request, response, isReady ? 200 : 503, {
      status: isReady ? 'ready' : 'not-ready',
      ready: isReady,
      checks,
    });
  });
}
