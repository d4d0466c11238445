import { SageMakerError } from './sagemaker-error.ts';

/** SageMaker cannot now: it throttles, a quota is used up, or it does not answer. The same call may succeed later. */
export interface Busy {
  readonly kind: 'busy';
  readonly reason: string;
}

interface Refusal {
  readonly name?: string;
  readonly message?: string;
  /** of Node's network errors */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const passing = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ResourceLimitExceeded',
  'ServiceUnavailable',
  'InternalFailure',
  'TimeoutError',
]);

const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE']);

/**
 * A call that waits and asks later where that may help.
 *
 * @param expected turns a refusal that the caller knows into an answer; undefined for any other
 * @throws SageMakerError for whatever no later attempt can cure
 */
export async function calling<Answer>(
  call: () => Promise<Answer>,
  expected: (name: string, message: string) => Answer | undefined = () => undefined,
): Promise<Answer | Busy> {
  try {
    return await call();
  } catch (error) {
    const { name = 'Error', message = '', code, $metadata } = error as Refusal;
    const answer = expected(name, message);
    if (answer !== undefined) return answer;
    const reason = `${code ?? name}: ${message}`;
    const status = $metadata?.httpStatusCode ?? 0;
    if (passing.has(name) || network.has(code ?? '') || status === 429 || status >= 500) {
      return { kind: 'busy', reason };
    }
    throw new SageMakerError(reason, { cause: error });
  }
}

/** SageMaker says so of jobs and models that are not there, though its model has a `ResourceNotFound`. */
export function isAbsent(name: string, message: string): boolean {
  return name === 'ResourceNotFound' || (name.startsWith('Validation') && /not find|not found/i.test(message));
}

/** Somebody else, or an earlier attempt, made what has this name. */
export function isTaken(name: string, message: string): boolean {
  return name === 'ResourceInUse' || (name.startsWith('Validation') && /already exist/i.test(message));
}

/** Said of a job that has ended, when it is to be stopped. */
export function isOver(name: string, message: string): boolean {
  return isAbsent(name, message) || (name.startsWith('Validation') && /in status/i.test(message));
}
