/** SageMaker refused, and would again; the message is its own. */
export class SageMakerError extends Error {
  override readonly name = 'SageMakerError';
  readonly code = 'sagemaker-refused';
}

/**
 * What was refused for good, by us or by SageMaker: no other attempt would end otherwise.
 *
 * @returns undefined for an error that says nothing of the next attempt
 */
export function finalRefusal(error: unknown): { readonly code: string; readonly message: string } | undefined {
  // By name, since it may come from another realm.
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name !== 'Problem' && name !== 'SageMakerError') return undefined;
  return { code: String(code), message: String(message) };
}
