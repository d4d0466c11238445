import type { ForecastJobPlan, PlannedPredictor, PredictorRequest } from '@bellwether/contracts';
import { hyperparameterFault } from './hyperparameters.ts';
import { namesLike, predictorsNamed } from './predictor-names.ts';
import type { Refusal } from './refusal.ts';

export type PlannedPredictors =
  | { readonly ok: true; readonly planned: Pick<ForecastJobPlan, 'predictors' | 'notes' | 'windows'> }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Plans the predictors that a request names, with a sentence about each name that is not ours. One that stands for the
 * automatic choice leaves the choice of all of them open, and the windows to the request.
 *
 * @param windows backtest windows of predictors that do not say their own
 * @param field of the list in the request
 */
export function planPredictors(
  requests: readonly PredictorRequest[] | undefined,
  windows: number,
  field: string,
): PlannedPredictors {
  const predictors: PlannedPredictor[] = [];
  const notes = new Set<string>();
  let isAutomatic = requests === undefined;
  for (const [index, request] of (requests ?? []).entries()) {
    const asked = typeof request === 'string' ? { name: request } : request;
    const planned = planPredictor(asked, windows, `${field}[${index}]`);
    if (!planned.ok) return planned;
    if (planned.note !== undefined) notes.add(planned.note);
    isAutomatic ||= planned.predictors.length === 0;
    predictors.push(...planned.predictors);
  }
  const most = Math.max(windows, ...predictors.map((predictor) => predictor.windows));
  const planned = { notes: [...notes], windows: most };
  return { ok: true, planned: isAutomatic ? planned : { ...planned, predictors } };
}

type PlannedRequest =
  | { readonly ok: true; readonly predictors: readonly PlannedPredictor[]; readonly note: string | undefined }
  | Extract<PlannedPredictors, { ok: false }>;

function planPredictor(
  { name, hyperparameters = {}, NumberOfBacktestWindows, search = true }: Exclude<PredictorRequest, string>,
  windows: number,
  field: string,
): PlannedRequest {
  const named = predictorsNamed(name);
  if (named === undefined) return { ok: false, refusal: unknown(name, field) };
  const { models, note } = named;
  for (const model of models.length === 0 ? [name] : models) {
    const refusal = hyperparameterFault(model, hyperparameters, `${field}.hyperparameters`);
    if (refusal !== undefined) return { ok: false, refusal };
  }
  const settings = { hyperparameters, windows: NumberOfBacktestWindows ?? windows, search };
  const predictors = models.map((model) => ({
    name: model,
    ...(model === name ? {} : { askedAs: name }),
    ...settings,
  }));
  return { ok: true, predictors, note };
}

const unknown = (name: string, field: string): Refusal => ({
  code: 'predictor-unknown',
  detail: `There is no predictor ${name}.`,
  field,
  cure: `The nearest are ${namesLike(name).join(', ')}. Leave the list out to have all that suit the data.`,
});
