/** SageMaker refused, and would again; the message is its own. */
export class SageMakerError extends Error {
  override readonly name = 'SageMakerError';
  readonly code = 'sagemaker-refused';
}
