import type { SageMaker } from './sagemaker.ts';
import type { SageMakerSettings } from './settings.ts';

/** Opens a client. Only now the SDK is loaded: who trains on his own machine pays nothing for it. */
export async function openSageMaker(settings: SageMakerSettings): Promise<SageMaker> {
  const { createSageMaker } = await import('./calls.ts');
  return createSageMaker(settings);
}
