import { Problem } from '@bellwether/contracts';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { unexplained } from '../models/refusals.ts';

/** `POST /v1/models/{name}/predictions` */
export const predict: Route<'predict', Deps> = async ({ tenantId, params, body }, { models }) => {
  const loaded = await models.get(tenantId, params.name, body.version);
  if (body.explain === true) throw unexplained(loaded.model, loaded.version);
  const { predictions, probabilities } = loaded.predictor.predict(body.instances);
  const { model, version, task } = loaded;
  const result = { model, version, task, predictions };
  if (probabilities === undefined) return { body: result };
  return { body: { ...result, labels: [...(loaded.predictor.labels ?? [])], probabilities } };
};

/** `POST /prediction`: one row, by the champion of the user's model `default` */
export const predictShort: Route<'predictShort', Deps> = async ({ tenantId, body }, { models }) => {
  const loaded = await models.get(tenantId, 'default');
  try {
    const { predictions } = loaded.predictor.predict([body.array]);
    return { body: { prediction: predictions[0] ?? 0, model: loaded.model, version: loaded.version } };
  } catch (error) {
    throw inWordsOfShortRoute(error);
  }
};

/** The predictor names the field of its own request, `instances[0][3]`; the caller sent `array`. */
function inWordsOfShortRoute(error: unknown): unknown {
  if (!(error instanceof Problem) || error.options.field === undefined) return error;
  const { field, ...options } = error.options;
  return new Problem(error.status, error.code, error.message, {
    ...options,
    field: field.replace(/^instances\[0\]/, 'array'),
  });
}
