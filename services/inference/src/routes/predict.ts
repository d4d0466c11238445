import { type Explanation, Problem } from '@bellwether/contracts';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { firstChampion } from '../models/first-champion.ts';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { unexplained } from '../models/refusals.ts';

/** `POST /v1/models/{name}/predictions` */
export const predict: Route<'predict', Deps> = async ({ tenantId, params, body }, { models }) => {
  const loaded = await models.get(tenantId, params.name, body.version);
  const { model, version, task, predictor } = loaded;
  const intervalOf = body.interval === undefined ? undefined : predictor.intervals(body.interval);
  const { predictions, probabilities } = predictor.predict(body.instances);
  const extra = {
    ...(intervalOf && { intervals: predictions.map((value) => intervalOf(Number(value))) }),
    ...(body.explain === true ? { explanations: explain(loaded, body.instances) } : {}),
  };
  const result = { model, version, task, predictions, ...extra };
  if (probabilities === undefined) return { body: result };
  return { body: { ...result, labels: [...(predictor.labels ?? [])], probabilities } };
};

function explain({ model, version, predictor }: LoadedVersion, instances: readonly unknown[]): Explanation[] {
  if (predictor.explain === undefined) throw unexplained(model, version);
  return predictor
    .explain(instances)
    .map(({ contributions, ...rest }) => ({ ...rest, contributions: { ...contributions } }));
}

/** `POST /prediction`: one row, by the champion of the user's model `default`; waits while its first one is trained */
export const predictShort: Route<'predictShort', Deps> = async ({ tenantId, body, signal }, deps) => {
  const loaded = await firstChampion(tenantId, 'default', deps, signal);
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
