import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { unpackBody } from './decode-body.ts';
import { instancesOfTensors } from './instances-of-tensors.ts';
import { modelMetadata } from './model-metadata.ts';
import { wishedOutputs } from './output-tensors.ts';
import { readRequest } from './read-request.ts';
import { inWordsOfTensors } from './refuse-tensor.ts';
import { type Response, writeResponse } from './write-response.ts';

/** `GET /v2` */
export const openServerMetadata: Route<'openServerMetadata', Deps> = () => ({
  body: { name: 'bellwether', version: '0.1.0', extensions: ['binary_tensor_data'] },
});

/** `GET /v2/models/{name}` */
export const openModelMetadata: Route<'openModelMetadata', Deps> = async ({ tenantId, params }, { models }) => ({
  body: modelMetadata(await models.get(tenantId, params.name)),
});

/** `GET /v2/models/{name}/versions/{version}` */
export const openVersionMetadata: Route<'openVersionMetadata', Deps> = async ({ tenantId, params }, { models }) => ({
  body: modelMetadata(await models.get(tenantId, params.name, params.version)),
});

/** `GET /v2/models/{name}/ready`: loads it when it is not yet, so that the first prediction is as fast as others */
export const openModelReady: Route<'openModelReady', Deps> = async ({ tenantId, params }, { models }) => {
  const { model } = await models.get(tenantId, params.name);
  return { body: { name: model, ready: true } };
};

/** `GET /v2/models/{name}/versions/{version}/ready` */
export const openVersionReady: Route<'openVersionReady', Deps> = async ({ tenantId, params }, { models }) => {
  const { model } = await models.get(tenantId, params.name, params.version);
  return { body: { name: model, ready: true } };
};

/** `POST /v2/models/{name}/infer` */
export const openInfer: Route<'openInfer', Deps> = async (request, { models }) => {
  const { tenantId, params } = request;
  return await infer(request, await models.get(tenantId, params.name));
};

/** `POST /v2/models/{name}/versions/{version}/infer` */
export const openInferByVersion: Route<'openInferByVersion', Deps> = async (request, { models }) => {
  const { tenantId, params } = request;
  return await infer(request, await models.get(tenantId, params.name, params.version));
};

interface RawRequest {
  readonly bytes?: Buffer | undefined;
  readonly header: (name: string) => string | undefined;
}

async function infer({ bytes, header }: RawRequest, loaded: LoadedVersion): Promise<Response> {
  const body = await unpackBody(bytes ?? Buffer.alloc(0), header('content-encoding'));
  const inference = readRequest(body, header('inference-header-content-length'));
  const result = predict(loaded, instancesOfTensors(inference.tensors, loaded.inputs));
  const { id } = inference;
  const head = { model_name: loaded.model, model_version: String(loaded.version) };
  return writeResponse(id === undefined ? head : { ...head, id }, wishedOutputs(loaded, result, inference));
}

function predict({ predictor, inputs }: LoadedVersion, instances: readonly (readonly unknown[])[]) {
  try {
    return predictor.predict(instances);
  } catch (error) {
    throw inWordsOfTensors(
      error,
      inputs.map(({ name }) => name),
    );
  }
}
