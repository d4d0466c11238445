import { Problem, type TrainingRequest } from '@bellwether/contracts';
import type { Config } from '@bellwether/platform';
import { sageMakerSettings } from '@bellwether/sagemaker';
import { checkSageMakerHyperparameters } from '../adapters/sagemaker/training-order.ts';
import { sageMakerAlgorithms } from '../domain/runs-on-sagemaker.ts';

/**
 * The request with the backend of its trials. SageMaker is not taken for a job that has nothing for it, unless it was
 * asked for by name: then that is refused.
 *
 * @throws Problem `backend-unfit`, `sagemaker-not-configured`, `sagemaker-hyperparameter`, `sagemaker-region-unknown`
 */
export function chooseBackend(request: TrainingRequest, config: Config): TrainingRequest {
  const { backend = config.TRAINING_BACKEND, candidates } = request;
  if (backend === 'local') return request;
  const fitting = candidates?.filter(({ algorithm }) => sageMakerAlgorithms.includes(algorithm));
  if (fitting?.length === 0) {
    if (request.backend === undefined) return request;
    throw new Problem(422, 'backend-unfit', 'None of the candidates can be trained on SageMaker.', {
      field: 'backend',
      cure: `Add a candidate of ${sageMakerAlgorithms.join(', ')}, or leave the backend out.`,
    });
  }
  sageMakerSettings(config);
  for (const { hyperparameters = {} } of fitting ?? []) checkSageMakerHyperparameters(hyperparameters);
  return { ...request, backend };
}
