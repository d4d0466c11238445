import { Problem } from '@bellwether/contracts';
import type { Config } from '@bellwether/platform';
import { sageMakerSettings } from '@bellwether/sagemaker';

/**
 * Where a batch prediction runs: here unless SageMaker was asked for.
 *
 * @param algorithm of the version that predicts
 * @throws Problem `backend-unfit`, `sagemaker-not-configured`
 */
export function chooseBackend(
  asked: 'local' | 'sagemaker' | undefined,
  algorithm: string | undefined,
  config: Config,
): { readonly backend?: 'sagemaker' } {
  if (asked !== 'sagemaker') return {};
  if (algorithm !== 'xgboost') {
    throw new Problem(422, 'backend-unfit', `SageMaker cannot predict with a version of ${algorithm}.`, {
      field: 'backend',
      cure: 'Name a version of xgboost, or leave the backend out.',
    });
  }
  sageMakerSettings(config);
  return { backend: 'sagemaker' };
}
