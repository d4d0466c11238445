import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { whenReady } from '../items/when-ready.ts';
import { remoteNotConfigured } from '../open-inference/remote-refusals.ts';
import { openRemoteServer } from '../open-inference/remote-server.ts';
import { remotePrediction, remoteTensors } from '../open-inference/remote-tensors.ts';

/** `GET /predict_alt/{item}` */
export const predictItemElsewhere: Route<'predictItemElsewhere', Deps> = async (request, deps) => {
  const { tenantId, params, query, signal } = request;
  const { OIP_URL, OIP_MODEL, OIP_TIMEOUT_SECONDS } = deps.config;
  if (OIP_URL === undefined) throw remoteNotConfigured();
  const ask = () => deps.items.features(tenantId, params.item, query.model);
  const { loaded, features, ...next } = await whenReady(ask, deps.now, signal);
  const server = openRemoteServer(OIP_URL, OIP_TIMEOUT_SECONDS * 1000);
  const model = OIP_MODEL ?? next.model;
  // Asked each time: the server may have loaded another model meanwhile.
  const tensors = remoteTensors(await server.inputs(model), features, loaded);
  const { version, outputs } = await server.infer(model, tensors);
  const remote = { model, ...(version === undefined ? {} : { version }) };
  return { body: { ...next, prediction: remotePrediction(outputs, loaded.task), remote } };
};
