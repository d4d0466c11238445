import { emit, type ForecastJobProgress, flow } from '@bellwether/contracts';
import { getJob, isJobOpen, type JobTable } from '@bellwether/database';
import { type Handler, watchJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { panelPrefix, storePanel } from '../panel/store-panel.ts';

/** The tables of a forecast are there: make regular series of them. */
export const preparePanel: Handler<'enrichment', typeof flow.panelRequested, Deps> = async (
  { body },
  deps,
  { signal },
) => {
  const { database } = deps;
  const { jobId } = body;
  const isWanted = async () =>
    isImporting(await getJob(database.read, jobId)) && (await isJobOpen(database.read, jobId));
  const job = await getJob(database.read, jobId);
  if (job === undefined || !(await isWanted())) return async () => [];
  await using watch = watchJob({ signal, isWanted });
  try {
    const panel = await storePanel(job, deps, watch);
    if (panel.kind === 'refused') {
      const { code, detail } = panel;
      return async () => [emit(flow.panelFailed, { jobId, code, reasons: [detail] }, { jobId })];
    }
    const { panelKey, notes } = panel;
    return async () => [emit(flow.panelPrepared, { jobId, panelKey, notes: [...notes] }, { jobId })];
  } catch (error) {
    if (watch.cancelled()) return async () => [];
    throw error;
  }
};

/** A forecast is over: its panel goes. */
export const discardPanel: Handler<'enrichment', typeof flow.forecastDiscarded, Deps> = async (message, { store }) => {
  const { tenantId, body } = message;
  await store.deletePrefix(panelPrefix(tenantId, body.jobId));
  return async () => [emit(flow.panelDiscarded, { jobId: body.jobId }, { jobId: body.jobId })];
};

function isImporting(job: JobTable | undefined): boolean {
  const { step } = JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>;
  return step === 'import';
}
