import type { ForecastJobPlan, PlannedPredictor, PredictorRequest } from '@bellwether/contracts';
import { searchedHyperparameters } from '@bellwether/forecasting';
import { hyperparameterFault } from './hyperparameters.ts';
import { namesLike, predictorsNamed } from './predictor-names.ts';
import type { Refusal } from './refusal.ts';

export type PlannedPredictors =
  | { readonly ok: true; readonly planned: Pick<ForecastJobPlan, 'predictors' | 'automatic' | 'notes' | 'windows'> }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Plans the predictors that a request names, with a sentence about each name that is not ours. One that stands for the
 * automatic choice leaves the choice open: those beside it are in any case tried, with their settings.
 *
 * @param windows backtest windows of predictors that do not say their own
 * @param field of the list in the request
 */
export function planPredictors(
  requests: readonly PredictorRequest[] | undefined,
  windows: number,
  field: string,
): PlannedPredictors {
  const found: Found[] = [];
  for (const [index, request] of (requests ?? []).entries()) {
    const asked = typeof request === 'string' ? { name: request } : request;
    const planned = planPredictor(asked, windows, `${field}[${index}]`);
    if (!planned.ok) return planned;
    found.push({ ...planned, asked });
  }
  const predictors = mergeSame(found.flatMap((one) => one.predictors));
  const open = found.findLast((one) => one.predictors.length === 0);
  const automatic = requests === undefined ? { windows, search: false } : open && automaticOf(open.asked, windows);
  return {
    ok: true,
    planned: {
      notes: [...new Set(found.flatMap(({ notes }) => notes))],
      windows: Math.max(automatic?.windows ?? 1, ...predictors.map((one) => one.windows)),
      ...(predictors.length === 0 ? {} : { predictors }),
      ...(automatic === undefined || !isSaid(automatic, predictors) ? {} : { automatic }),
    },
  };
}

interface Found extends Extract<PlannedRequest, { ok: true }> {
  readonly asked: Exclude<PredictorRequest, string>;
}

/** Without predictors of its own a plan is automatic anyway. */
const isSaid = ({ search }: AutomaticChoice, predictors: readonly PlannedPredictor[]): boolean =>
  search || predictors.length > 0;

const automaticOf = (
  { NumberOfBacktestWindows, search = false }: Exclude<PredictorRequest, string>,
  windows: number,
): AutomaticChoice => ({ windows: NumberOfBacktestWindows ?? windows, search });

type AutomaticChoice = NonNullable<ForecastJobPlan['automatic']>;

/** Two names for the same predictor are one: settings add up, the later ones in the place of the earlier. */
function mergeSame(predictors: readonly PlannedPredictor[]): PlannedPredictor[] {
  const merged = new Map<string, PlannedPredictor>();
  for (const one of predictors) {
    const before = merged.get(one.name);
    merged.set(one.name, {
      ...before,
      ...one,
      hyperparameters: { ...before?.hyperparameters, ...one.hyperparameters },
      windows: Math.max(before?.windows ?? 1, one.windows),
      search: one.search || before?.search === true,
    });
  }
  return [...merged.values()];
}

type PlannedRequest =
  | { readonly ok: true; readonly predictors: readonly PlannedPredictor[]; readonly notes: readonly string[] }
  | Extract<PlannedPredictors, { ok: false }>;

function planPredictor(
  { name, hyperparameters = {}, NumberOfBacktestWindows, search = false }: Exclude<PredictorRequest, string>,
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
  return { ok: true, predictors, notes: [...(note === undefined ? [] : [note]), ...searchNotes(predictors)] };
}

const searchNotes = (predictors: readonly PlannedPredictor[]): string[] =>
  predictors
    .filter(({ name, search }) => search && searchedHyperparameters(name).length === 0)
    .map(({ name }) => `${name} has no hyperparameters to search for: it chooses what it needs from each series.`);

const unknown = (name: string, field: string): Refusal => ({
  code: 'predictor-unknown',
  detail: `There is no predictor ${name}.`,
  field,
  cure: `The nearest are ${namesLike(name).join(', ')}. Leave the list out to have all that suit the data.`,
});
