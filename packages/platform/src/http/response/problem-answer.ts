import { Problem, type ProblemDocument } from '@bellwether/contracts';
import { CommitOutcomeUnknown, isConnectionLost } from '@bellwether/database';
import type { Logger } from 'pino';
import type { Answer } from '../routes/answer.ts';

/** `dataset-not-found` as `Dataset not found`: the same for each problem of one code, as RFC 9457 asks. */
function titleOf(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
}

function headersOf({ status, code }: Problem): readonly string[] {
  if (status === 401) {
    const hint = code === 'api-key-unknown' ? ', error="invalid_token"' : '';
    return ['www-authenticate', `Bearer realm="bellwether"${hint}`];
  }
  return status === 503 ? ['retry-after', '1'] : [];
}

function documentOf({ status, code, message, options }: Problem, requestId: string): ProblemDocument {
  return {
    type: `urn:bellwether:problem:${code}`,
    title: titleOf(code),
    status,
    code,
    detail: message,
    ...(options.cure === undefined ? {} : { cure: options.cure }),
    ...(options.field === undefined ? {} : { field: options.field }),
    ...(options.problems === undefined ? {} : { problems: [...options.problems] }),
    instance: requestId,
  };
}

/** The answer to a problem in the form of the Open Inference Protocol, which knows one sentence. */
export function openInferenceAnswer(problem: Problem): Answer {
  const { code, message, options } = problem;
  const error = [message, options.cure].filter((part) => part !== undefined).join(' ');
  return {
    status: problem.status,
    headers: ['content-type', 'application/json', ...headersOf(problem)],
    text: JSON.stringify({ error, code }),
  };
}

/** The answer to a problem. */
export function problemAnswer(problem: Problem, requestId: string, headers: readonly string[] = []): Answer {
  return {
    status: problem.status,
    headers: ['content-type', 'application/problem+json', ...headersOf(problem), ...headers],
    text: JSON.stringify(documentOf(problem, requestId)),
  };
}

/** The problem that stands for an error. What nobody expected goes to the log, and nothing of it to the client. */
export function problemOf(error: unknown, requestId: string, logger: Pick<Logger, 'error'>): Problem {
  if (error instanceof Problem) return error;
  logger.error({ err: error, requestId }, 'a request failed unexpectedly');
  if (error instanceof CommitOutcomeUnknown) {
    return new Problem(503, error.code, 'The database went away while it was told to keep the change.', {
      cure: 'Ask again with the same Idempotency-Key; without one, look first whether it was done',
    });
  }
  if (isConnectionLost(error)) {
    return new Problem(503, 'database-unavailable', 'The database does not answer; nothing was changed.', {
      cure: 'Try again in a moment',
    });
  }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) {
    return new Problem(422, 'too-deeply-nested', 'The body is nested too deeply', { cure: 'Use fewer levels' });
  }
  return new Problem(500, 'internal-error', `The server failed on this request; its log has the reason`, {
    cure: `Try again; report it with the id ${requestId} if it stays`,
  });
}
