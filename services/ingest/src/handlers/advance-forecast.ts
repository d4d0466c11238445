import { emit, flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { advance } from '../forecasts/advance.ts';
import { concludeForecast } from '../forecasts/end-forecast.ts';

/** The tables are datasets: make regular series of them. */
export const requestPanel: Handler<'ingest', typeof flow.tablesExported, Deps> = async ({ body }, { now }) => {
  const { jobId, related, validation } = body;
  return async (tx) => {
    const found = { related, validation };
    if ((await advance(tx, jobId, { from: ['export'], to: 'import', found }, now())) === undefined) return [];
    return [emit(flow.panelRequested, { jobId }, { jobId })];
  };
};

/** The series are there: train. */
export const requestForecaster: Handler<'ingest', typeof flow.panelPrepared, Deps> = async ({ body }, { now }) => {
  const { jobId, panelKey, notes } = body;
  return async (tx) => {
    const step = { from: ['import'], to: 'train-predictors', found: { panelKey, notes } } as const;
    if ((await advance(tx, jobId, step, now())) === undefined) return [];
    return [emit(flow.forecasterRequested, { jobId, panelKey }, { jobId })];
  };
};

/** What learns from all items is trained; training goes on with the backtests by itself. */
export const showBacktests: Handler<'ingest', typeof flow.predictorsTrained, Deps> = async ({ body }, { now }) => {
  return async (tx) => {
    await advance(tx, body.jobId, { from: ['train-predictors'], to: 'backtest' }, now());
    return [];
  };
};

/** The forecaster is trained and backtested: forecast. */
export const requestForecasts: Handler<'ingest', typeof flow.forecasterTrained, Deps> = async ({ body }, { now }) => {
  const { jobId, version, notes, hyperparameters } = body;
  const found = {
    version,
    ...(notes === undefined ? {} : { notes }),
    ...(hyperparameters === undefined ? {} : { hyperparameters }),
  };
  return async (tx) => {
    // The news of its first half may come after that of the whole: queues keep no order.
    const step = { from: ['train-predictors', 'backtest'], to: 'forecast', found } as const;
    if ((await advance(tx, jobId, step, now())) === undefined) return [];
    return [emit(flow.forecastsRequested, { jobId, version }, { jobId })];
  };
};

/** Forecasts and scores are where they belong. */
export const finishForecast: Handler<'ingest', typeof flow.scoresWritten, Deps> = async ({ body }, { now }) => {
  const { jobId, metrics, models } = body;
  return async (tx) => {
    const step = { from: ['export-results'], to: 'notify', found: { metrics, models } } as const;
    if ((await advance(tx, jobId, step, now())) === undefined) return [];
    return await concludeForecast(tx, jobId, now());
  };
};
