import type { ForecastJobProgress } from '@bellwether/contracts';
import { getJob, type Tx, updateOpenJob } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { derivedPrefix, tablesPrefix } from '../domain/keys.ts';
import { openForecast } from '../forecasts/advance.ts';
import { endForecast, ownDatasets } from '../forecasts/end-forecast.ts';
import { progressOf } from '../forecasts/forecast-rows.ts';

const services = ['enrichment', 'training', 'inference'] as const;

/** A service has removed what was its own of a forecast; after the last one the job ends, as it went. */
function discardedBy(service: (typeof services)[number]) {
  return async ({ body }: { body: { jobId: string } }, { database, store, now }: Deps) => {
    const { jobId } = body;
    const job = await getJob(database.read, jobId);
    // Their rows went with the step's beginning; twice is as once.
    for (const id of job?.kind === 'forecast' ? ownDatasets(job) : []) {
      await store.deletePrefix(tablesPrefix(job?.tenant_id ?? '', id));
      await store.deletePrefix(derivedPrefix(job?.tenant_id ?? '', id));
    }
    return async (tx: Tx) => {
      const locked = await openForecast(tx, jobId);
      if (locked === undefined) return [];
      const progress = progressOf(locked);
      if (progress.step !== 'clean-up') return [];
      const discarded = [...new Set([...(progress.discarded ?? []), service])];
      const next: ForecastJobProgress = { ...progress, discarded };
      await updateOpenJob(tx, jobId, { result: JSON.stringify(next) });
      if (services.some((other) => !discarded.includes(other))) return [];
      return await endForecast(tx, { ...locked, result: JSON.stringify(next) }, now());
    };
  };
}

export const panelIsGone = discardedBy('enrichment');
export const forecasterIsGone = discardedBy('training');
export const forecastsAreGone = discardedBy('inference');
