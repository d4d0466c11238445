import type { ForecastJobPlan, ForecastRequest, PipelineParameters } from '@bellwether/contracts';
import { parseFrequency, zoneOffset } from '@bellwether/forecasting';
import { planManaged } from './plan-managed.ts';
import { planPredictors } from './plan-predictors.ts';
import type { Refusal } from './refusal.ts';

/** Makes ids, by their prefix. */
export type NewId = (prefix: string) => string;

export type PlannedForecast =
  | { readonly ok: true; readonly plan: ForecastJobPlan }
  | { readonly ok: false; readonly refusal: Refusal };

/** Columns of the tables that a pipeline finds in a warehouse. */
export const warehouseColumns = { item: 'item_id', time: 'timestamp', target: 'target_value' } as const;
const defaultQuantiles = [0.1, 0.5, 0.9];

/** The plan of a pipeline whose tables are in the warehouse. */
export function planPipeline(parameters: PipelineParameters, messageId: string, newId: NewId): PlannedForecast {
  const { DataName: dataName, dateCreate, ForecastFrequency: frequency, NumberOfBacktestWindows: windows } = parameters;
  const fault =
    frequencyFault(frequency, 'param.ForecastFrequency') ?? zoneFault(parameters.TimeZone, 'param.TimeZone');
  if (fault !== undefined) return { ok: false, refusal: fault };
  const quantiles = ascending(parameters.Quantiles ?? defaultQuantiles);
  const { ForecastHorizon: horizon, Models } = parameters;
  const predictors =
    parameters.Backend === 'sagemaker'
      ? planManaged({ horizon, quantiles, predictors: Models, frequency, windows, fields: messageFields })
      : planPredictors(Models, windows, 'param.Models');
  if (!predictors.ok) return predictors;
  return {
    ok: true,
    plan: {
      source: { kind: 'warehouse', dataName, dateCreate, messageId },
      datasets: newDatasets(newId),
      columns: warehouseColumns,
      horizon,
      ...(frequency === undefined ? {} : { frequency }),
      ...(parameters.TimeZone === undefined ? {} : { timeZone: parameters.TimeZone }),
      negatives: 'rare-forward',
      quantiles,
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
  newId: NewId,
): PlannedForecast {
  const { frequency, futureId, known, horizon, seed } = request;
  const quantiles = ascending(request.quantiles);
  const fault = frequencyFault(frequency, 'frequency') ?? zoneFault(request.timeZone, 'timeZone');
  if (fault !== undefined) return { ok: false, refusal: fault };
  const predictors =
    request.backend === 'sagemaker'
      ? planManaged({ ...request, quantiles, predictors: request.predictors, frequency, fields: requestFields })
      : planPredictors(request.predictors, request.windows, 'predictors');
  if (!predictors.ok) return predictors;
  const related = futureId === undefined ? {} : { related: futureId };
  return {
    ok: true,
    plan: {
      source: { kind: 'datasets' },
      datasets: { ...newDatasets(newId), target: targetId, ...related },
      columns,
      ...(known === undefined ? {} : { known }),
      horizon,
      ...(frequency === undefined ? {} : { frequency }),
      ...(request.timeZone === undefined ? {} : { timeZone: request.timeZone }),
      ...(request.negatives === undefined ? {} : { negatives: request.negatives }),
      quantiles,
      ...predictors.planned,
      performDelete: false,
      seed,
    },
  };
}

const requestFields = { horizon: 'horizon', quantiles: 'quantiles', predictors: 'predictors', frequency: 'frequency' };
const messageFields = {
  horizon: 'param.ForecastHorizon',
  quantiles: 'param.Quantiles',
  predictors: 'param.Models',
  frequency: 'param.ForecastFrequency',
};

function frequencyFault(frequency: string | undefined, field: string): Refusal | undefined {
  if (frequency === undefined || parseFrequency(frequency) !== undefined) return undefined;
  return {
    code: 'frequency-invalid',
    detail: `"${frequency}" is no frequency.`,
    field,
    cure: 'Say it as `D`, `W`, `MS`, `H` or `15min`, or leave it out: then the stamps say it.',
  };
}

function zoneFault(timeZone: string | undefined, field: string): Refusal | undefined {
  try {
    zoneOffset(timeZone);
    return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      code: 'time-zone-unknown',
      detail: `There is no time zone ${timeZone}.`,
      field,
      cure: 'Name it as IANA does, such as `Europe/Berlin`, or leave it out for UTC.',
    };
  }
}

function newDatasets(newId: NewId): ForecastJobPlan['datasets'] {
  return { target: newId('ds'), related: newId('ds'), forecasts: newId('ds'), backtests: newId('ds') };
}

const ascending = (quantiles: readonly number[]): number[] => quantiles.toSorted((a, b) => a - b);
