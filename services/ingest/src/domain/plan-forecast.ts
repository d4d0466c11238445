import type {
  ForecastJobPlan,
  ForecastRequest,
  PipelineParameters,
  PlannedPredictor,
  PredictorRequest,
} from '@bellwether/contracts';

/** What the planner asks for besides the request. */
export interface ForecastNames {
  readonly newId: (prefix: string) => string;
  /** our name of a predictor and, where it is another than was asked for, a sentence about it; undefined: unknown */
  readonly predictorOf: (name: string) => { readonly name: string; readonly note?: string } | undefined;
}

export type PlannedForecast =
  | { readonly ok: true; readonly plan: ForecastJobPlan }
  /** place in the request's list, and the name that is none */
  | { readonly ok: false; readonly index: number; readonly name: string };

/** Columns of the tables that a pipeline finds in a warehouse. */
export const warehouseColumns = { item: 'item_id', time: 'timestamp', target: 'target_value' } as const;
const defaultQuantiles = [0.1, 0.5, 0.9];

/** The plan of a pipeline whose tables are in the warehouse. */
export function planPipeline(parameters: PipelineParameters, messageId: string, names: ForecastNames): PlannedForecast {
  const predictors = planPredictors(parameters.Models, parameters.NumberOfBacktestWindows, names);
  if (!predictors.ok) return predictors;
  const { DataName: dataName, dateCreate } = parameters;
  return {
    ok: true,
    plan: {
      source: { kind: 'warehouse', dataName, dateCreate, messageId },
      datasets: newDatasets(names),
      columns: warehouseColumns,
      horizon: parameters.ForecastHorizon,
      ...(parameters.ForecastFrequency === undefined ? {} : { frequency: parameters.ForecastFrequency }),
      quantiles: ascending(parameters.Quantiles ?? defaultQuantiles),
      windows: parameters.NumberOfBacktestWindows,
      ...predictors.planned,
      performDelete: parameters.PerformDelete,
      seed: 0,
    },
  };
}

/**
 * The plan of a forecast of a dataset.
 *
 * @param columns as they were found in the dataset
 */
export function planForecast(
  request: ForecastRequest,
  targetId: string,
  columns: ForecastJobPlan['columns'],
  names: ForecastNames,
): PlannedForecast {
  const predictors = planPredictors(request.predictors, request.windows, names);
  if (!predictors.ok) return predictors;
  const related = request.futureId === undefined ? {} : { related: request.futureId };
  return {
    ok: true,
    plan: {
      source: { kind: 'datasets' },
      datasets: { ...newDatasets(names), target: targetId, ...related },
      columns,
      ...(request.known === undefined ? {} : { known: request.known }),
      horizon: request.horizon,
      ...(request.frequency === undefined ? {} : { frequency: request.frequency }),
      quantiles: ascending(request.quantiles),
      windows: request.windows,
      ...predictors.planned,
      performDelete: false,
      seed: request.seed,
    },
  };
}

function newDatasets({ newId }: ForecastNames): ForecastJobPlan['datasets'] {
  return { target: newId('ds'), related: newId('ds'), forecasts: newId('ds'), backtests: newId('ds') };
}

type Predictors = Pick<ForecastJobPlan, 'predictors' | 'notes'>;

function planPredictors(
  requests: readonly PredictorRequest[] | undefined,
  windows: number,
  { predictorOf }: ForecastNames,
): { readonly ok: true; readonly planned: Predictors } | Extract<PlannedForecast, { ok: false }> {
  const predictors: PlannedPredictor[] = [];
  const notes: string[] = [];
  for (const [index, request] of (requests ?? []).entries()) {
    const asked = typeof request === 'string' ? { name: request } : request;
    const known = predictorOf(asked.name);
    if (known === undefined) return { ok: false, index, name: asked.name };
    if (known.note !== undefined) notes.push(known.note);
    predictors.push({
      name: known.name,
      ...(known.name === asked.name ? {} : { askedAs: asked.name }),
      hyperparameters: asked.hyperparameters ?? {},
      windows: asked.NumberOfBacktestWindows ?? windows,
      search: asked.search ?? true,
    });
  }
  return { ok: true, planned: requests === undefined ? { notes } : { predictors, notes } };
}

const ascending = (quantiles: readonly number[]): number[] => quantiles.toSorted((a, b) => a - b);
