import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { describeAutoMl, startAutoMl, stopAutoMl } from './automl/automl-jobs.ts';
import type { SageMaker } from './sagemaker.ts';
import type { SageMakerSettings } from './settings.ts';
import { describeTraining, startTraining, stopTraining } from './training-jobs.ts';
import {
  createCandidateModel,
  createModel,
  deleteModel,
  describeTransform,
  startTransform,
  stopTransform,
} from './transform-jobs.ts';

/** The calls over one client of the SDK, whose credentials come from its own chain. */
export function createSageMaker(settings: SageMakerSettings): SageMaker {
  const client = new SageMakerClient({
    region: settings.region,
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
  });
  return {
    settings,
    startTraining: (order) => startTraining(client, settings, order),
    describeTraining: (name) => describeTraining(client, name),
    stopTraining: (name) => stopTraining(client, name),
    startAutoMl: (order) => startAutoMl(client, settings, order),
    describeAutoMl: (name) => describeAutoMl(client, name),
    stopAutoMl: (name) => stopAutoMl(client, name),
    createCandidateModel: (order) => createCandidateModel(client, settings, order),
    createModel: (order) => createModel(client, settings, order),
    deleteModel: (name) => deleteModel(client, name),
    startTransform: (order) => startTransform(client, settings, order),
    describeTransform: (name) => describeTransform(client, name),
    stopTransform: (name) => stopTransform(client, name),
    close: () => client.destroy(),
  };
}
