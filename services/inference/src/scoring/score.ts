import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { unpackBody } from '../open-inference/decode-body.ts';
import { readCsvForm } from './read-csv-form.ts';
import { readJsonForm } from './read-json-form.ts';
import { inWordsOfScoring } from './refuse-scoring.ts';

/** `POST /invocations`: what MLflow's clients, and SageMaker's, send to a model that is served alone */
export const score: Route<'score', Deps> = async ({ tenantId, query, bytes, header }, { models }) => {
  const { predictor, inputs } = await models.get(tenantId, query.model, query.version);
  const body = await unpackBody(bytes ?? Buffer.alloc(0), header('content-encoding'));
  const isCsv = /^\s*text\/csv\b/i.test(header('content-type') ?? '');
  const { instances, place } = isCsv ? readCsvForm(body, inputs) : readJsonForm(body, inputs);
  try {
    return { body: { predictions: predictor.predict(instances).predictions } };
  } catch (error) {
    throw inWordsOfScoring(error, place);
  }
};
