import { type ForecastJobPlan, type PredictorRequest, Problem } from '@bellwether/contracts';
import { parseFrequency } from '@bellwether/forecasting';
import { type SageMakerVariables, sageMakerSettings } from '@bellwether/sagemaker';
import {
  automlAlgorithm,
  automlFrequency,
  automlNames,
  automlQuantile,
  longestHorizon,
  mostQuantiles,
} from '@bellwether/sagemaker/automl';
import type { Refusal } from './refusal.ts';

/** What of a request AutoML may not take, and where it stands there. */
export interface ManagedRequest {
  readonly horizon: number;
  readonly quantiles: readonly number[];
  readonly predictors: readonly PredictorRequest[] | undefined;
  readonly frequency: string | undefined;
  readonly windows: number;
  readonly fields: { readonly [Part in 'horizon' | 'quantiles' | 'predictors' | 'frequency']: string };
}

export type PlannedManaged =
  | { readonly ok: true; readonly planned: Pick<ForecastJobPlan, 'managed' | 'notes' | 'windows'> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Plans a forecaster that AutoML is to find, and refuses what it would refuse an hour later. */
export function planManaged(request: ManagedRequest): PlannedManaged {
  const algorithms: string[] = [];
  for (const [index, predictor] of (request.predictors ?? []).entries()) {
    const found = algorithmOf(predictor, `${request.fields.predictors}[${index}]`);
    if (typeof found !== 'string') return { ok: false, refusal: found };
    algorithms.push(found);
  }
  const refusal = horizonFault(request) ?? quantileFault(request) ?? frequencyFault(request);
  if (refusal !== undefined) return { ok: false, refusal };
  const isOpen = algorithms.length === 0 || algorithms.includes('all');
  return {
    ok: true,
    planned: { managed: isOpen ? {} : { algorithms: [...new Set(algorithms)] }, notes: [], windows: request.windows },
  };
}

/** Whether this installation may ask SageMaker at all. */
export function managedFault({ managed, source }: ForecastJobPlan, config: SageMakerVariables): Refusal | undefined {
  if (managed === undefined) return undefined;
  try {
    sageMakerSettings(config);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      code: error.code,
      detail: error.message,
      field: source.kind === 'warehouse' ? 'param.Backend' : 'backend',
      cure: error.options.cure ?? 'Ask for backend "local".',
    };
  }
}

function algorithmOf(predictor: PredictorRequest, field: string): string | Refusal {
  const asked = typeof predictor === 'string' ? { name: predictor } : predictor;
  const algorithm = automlAlgorithm(asked.name);
  if (algorithm === undefined) {
    return {
      code: 'predictor-unfit',
      detail: `AutoML of SageMaker has no ${asked.name}.`,
      field,
      cure: `It has ${automlNames.join(', ')}. Leave the list out to have the ensemble of all.`,
    };
  }
  const setting = (['hyperparameters', 'NumberOfBacktestWindows', 'search'] as const).find((name) => name in asked);
  if (setting === undefined) return algorithm;
  return {
    code: 'predictor-unfit',
    detail: 'AutoML of SageMaker finds the settings of its algorithms by itself.',
    field: `${field}.${setting}`,
    cure: 'Leave it out.',
  };
}

function horizonFault({ horizon, fields }: ManagedRequest): Refusal | undefined {
  if (horizon <= longestHorizon) return undefined;
  return {
    code: 'horizon-unfit',
    detail: `AutoML of SageMaker forecasts ${longestHorizon} periods at most.`,
    field: fields.horizon,
    cure: 'Ask for fewer, or for backend "local".',
  };
}

function quantileFault({ quantiles, fields }: ManagedRequest): Refusal | undefined {
  if (quantiles.length <= mostQuantiles && quantiles.every((level) => automlQuantile(level) !== undefined)) {
    return undefined;
  }
  return {
    code: 'quantiles-unfit',
    detail: `AutoML of SageMaker takes ${mostQuantiles} quantiles at most, in whole percents from 0.01 to 0.99.`,
    field: fields.quantiles,
    cure: 'Ask for fewer or others, or for backend "local".',
  };
}

function frequencyFault({ frequency, fields }: ManagedRequest): Refusal | undefined {
  const told = frequency === undefined ? undefined : parseFrequency(frequency);
  if (told === undefined || automlFrequency(told) !== undefined) return undefined;
  return {
    code: 'frequency-unfit',
    detail: `AutoML of SageMaker does not take "${frequency}": it has no business days, and no periods of a longer unit.`,
    field: fields.frequency,
    cure: 'Say it in the largest unit, or ask for backend "local".',
  };
}
