import { emit, flow } from '@bellwether/contracts';
import {
  deleteForecasterOf,
  deletePartsOf,
  endFit,
  type ForecastFitTable,
  fitsOf,
  getFit,
  getJob,
  insertForecaster,
  isJobOpen,
  type JobTable,
  lockJob,
  type Tx,
  updateOpenJob,
} from '@bellwether/database';
import type { PanelIndex } from '@bellwether/forecasting';
import { type Handler, watchJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { askForFits } from '../forecasting/ask-for-fits.ts';
import { foundNotes, readFound } from '../forecasting/found.ts';
import { globalFitCount } from '../forecasting/global-fits.ts';
import { forecasterPrefix } from '../forecasting/keys.ts';
import { advanceManaged } from '../forecasting/managed/advance-managed.ts';
import { managedOf } from '../forecasting/managed/managed-job.ts';
import { discardManaged } from '../forecasting/managed/stop-managed.ts';
import { foundForecaster } from '../forecasting/managed/store-managed.ts';
import { isTraining, panelKeyOf, readPanel } from '../forecasting/panel.ts';
import { runFit } from '../forecasting/run-fit.ts';
import { storeForecaster } from '../forecasting/store-forecaster.ts';

/** A panel is ready: ask for the model over all items at each origin, or at once for the chunks where none is wanted. */
export const planForecaster: Handler<'training', typeof flow.forecasterRequested, Deps> = async ({ body }, deps) => {
  const { jobId, panelKey } = body;
  const panel = await readPanel(panelKey, deps);
  return async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job === undefined || !isTraining(job) || (await fitsOf(tx, jobId)).length > 0) return [];
    if (managedOf(job) !== undefined) return await askForFits(tx, job, 'managed', 1);
    if (panel.plan.search !== undefined) return await askForFits(tx, job, 'search', 1);
    return await askForModels(tx, job, panel);
  };
};

/** The models over all items, or at once the chunks where there are none. */
async function askForModels(tx: Tx, job: Pick<JobTable, 'id' | 'tenant_id'>, panel: PanelIndex) {
  const models = globalFitCount(panel);
  if (models > 0) return await askForFits(tx, job, 'global', models);
  const { id: jobId } = job;
  return [
    emit(flow.predictorsTrained, { jobId }, { jobId, id: `${jobId}:predictors` }),
    ...(await askForFits(tx, job, 'chunk', panel.chunks.length)),
  ];
}

/** Fits one part of a forecaster. */
export const fitForecaster: Handler<'training', typeof flow.fitRequested, Deps> = async (
  { body },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const { jobId, fitId } = body;
  const job = await getJob(database.read, jobId);
  const fit = await getFit(database.read, fitId);
  const panelKey = panelKeyOf(job);
  const submitted = (delaySeconds?: number) =>
    emit(flow.fitSubmitted, body, { jobId, ...(delaySeconds === undefined ? {} : { delaySeconds }) });
  if (fit?.status !== 'queued' || job === undefined || panelKey === undefined || !isTraining(job)) {
    // An attempt that was cut short may have asked SageMaker: whoever hears this stops what it started.
    return async () => (fit?.stage === 'managed' && fit.status === 'queued' ? [submitted()] : []);
  }
  const isWanted = async () =>
    isTraining(await getJob(database.read, jobId)) && (await isJobOpen(database.read, jobId));
  await using watch = watchJob({ signal, isWanted });
  try {
    const step = fit.stage === 'managed' ? await advanceManaged(job, panelKey, deps, watch) : undefined;
    if (step?.kind === 'waits') return async () => [submitted(step.delaySeconds)];
    const end = step?.end ?? (await runFit(fit, panelKey, deps, watch));
    return async (tx) => {
      if (!(await endFit(tx, fitId, end, now()))) return [];
      const finished = emit(flow.fitFinished, { jobId, fitId }, { jobId });
      return step !== undefined && end.status === 'failed' ? [finished, submitted()] : [finished];
    };
  } catch (error) {
    if (watch.cancelled()) return async () => (fit.stage === 'managed' ? [submitted()] : []);
    throw error;
  }
};

/** A part did not survive its attempts: so has the forecaster not. */
export const failFit: Handler<'training', typeof flow.fitFailed, Deps> = async ({ body }, { now }) => {
  const { jobId, fitId, reasons } = body;
  const detail = reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const end = { status: 'failed', error_code: 'fit-failed', error_detail: detail } as const;
    if (!(await endFit(tx, fitId, end, now()))) return [];
    const finished = emit(flow.fitFinished, { jobId, fitId }, { jobId });
    // Its job on SageMaker may run on: whoever hears of a fit that has ended stops it.
    const isManaged = (await getFit(tx, fitId))?.stage === 'managed';
    return isManaged ? [finished, emit(flow.fitSubmitted, { jobId, fitId }, { jobId })] : [finished];
  };
};

/** A part is fitted: after the last model over all items come the chunks, and after the last chunk the forecaster. */
export const finishFit: Handler<'training', typeof flow.fitFinished, Deps> = async ({ body }, deps) => {
  const { database } = deps;
  const { jobId } = body;
  const job = await getJob(database.read, jobId);
  const panelKey = panelKeyOf(job);
  if (job === undefined || panelKey === undefined || !isTraining(job)) return async () => [];
  const fits = await fitsOf(database.read, jobId);
  const [managed] = fits.filter(({ stage, status }) => stage === 'managed' && status === 'succeeded');
  if (managed !== undefined) return await finishManaged(job, managed, deps);
  const areEnded = fits.every(({ status }) => status === 'succeeded');
  const isLast = areEnded && fits.some(({ stage }) => stage === 'chunk');
  const row = isLast ? await storeForecaster(job, panelKey, fits, deps) : undefined;
  const hyperparameters = row === undefined ? {} : await readFound(fits, deps);
  const panel = await readPanel(panelKey, deps);

  return async (tx) => {
    const locked = await lockJob(tx, jobId);
    if (locked === undefined || !isTraining(locked)) return [];
    if (row !== undefined) {
      const version = await insertForecaster(tx, row);
      const found =
        Object.keys(hyperparameters).length === 0 ? {} : { hyperparameters, notes: foundNotes(hyperparameters) };
      return [emit(flow.forecasterTrained, { jobId, version, ...found }, { jobId, id: `${jobId}:forecaster` })];
    }
    return await goOn(tx, locked, panel);
  };
};

/** AutoML has found a forecaster, backtested by its own measure; ours are made with the forecasts. */
async function finishManaged(job: JobTable, fit: ForecastFitTable, deps: Deps) {
  const { id: jobId } = job;
  const { row, notes } = await foundForecaster(job, fit, deps);
  return async (tx: Tx) => {
    const locked = await lockJob(tx, jobId);
    if (locked === undefined || !isTraining(locked)) return [];
    const version = await insertForecaster(tx, row);
    return [
      emit(flow.predictorsTrained, { jobId }, { jobId, id: `${jobId}:predictors` }),
      emit(flow.forecasterTrained, { jobId, version, notes: [...notes] }, { jobId, id: `${jobId}:forecaster` }),
    ];
  };
}

async function goOn(tx: Tx, job: { id: string; tenant_id: string; progress: number }, panel: PanelIndex) {
  const jobId = job.id;
  const all = await fitsOf(tx, jobId);
  const failed = all.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const body = { jobId, code: failed.error_code ?? 'fit-failed', reasons: [failed.error_detail ?? 'unknown'] };
    return [emit(flow.forecasterFailed, body, { jobId, id: `${jobId}:forecaster-failed` })];
  }
  const ended = all.filter(({ status }) => status === 'succeeded');
  const hasChunks = all.some(({ stage }) => stage === 'chunk');
  const isSearched = all.every(({ stage }) => stage === 'search');
  // Of the job's row training changes nothing but how much of its own work is done.
  const share = hasChunks ? 0.2 + (0.6 * ended.length) / all.length : 0.1 + (0.1 * ended.length) / all.length;
  if (share > job.progress) await updateOpenJob(tx, jobId, { progress: share });
  if (hasChunks || ended.length < all.length) return [];
  if (isSearched) return await askForModels(tx, job, panel);
  return [
    emit(flow.predictorsTrained, { jobId }, { jobId, id: `${jobId}:predictors` }),
    ...(await askForFits(tx, job, 'chunk', panel.chunks.length)),
  ];
}

/** A forecast is over: its forecaster goes. */
export const discardForecaster: Handler<'training', typeof flow.forecastDiscarded, Deps> = async (message, deps) => {
  const { tenantId, body } = message;
  const { jobId } = body;
  const job = await getJob(deps.database.read, jobId);
  if (job !== undefined && managedOf(job) !== undefined) await discardManaged(job, deps);
  await deps.store.deletePrefix(forecasterPrefix(tenantId, jobId));
  return async (tx) => {
    await deletePartsOf(tx, 'forecast_fits', jobId);
    await deleteForecasterOf(tx, jobId);
    return [emit(flow.forecasterDiscarded, { jobId }, { jobId })];
  };
};
