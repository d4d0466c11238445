import { type ForecastJobProgress, openJobStatuses } from '@bellwether/contracts';
import { forecasterOfJob, getJob } from '@bellwether/database';
import { sweepByJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * Deletes panels that nothing names: of attempts that lost, of forecasts that ended without a forecaster, and of
 * forecasters that are gone. A panel belongs to its forecaster for as long as that is there. Young objects are spared,
 * since their transaction may still come.
 *
 * @param now milliseconds since the epoch
 * @returns how many objects
 */
export async function sweepPanels(
  { database, store, config, log }: Pick<Deps, 'database' | 'store' | 'config' | 'log'>,
  now: number,
): Promise<number> {
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;
  const deleted = await sweepByJob(store, { prefix: 'panels/', before, keeps });
  if (deleted > 0) log.info({ deleted }, 'swept panels that no forecaster has');
  return deleted;

  async function keeps(jobId: string) {
    const prefix = await keptPrefix(jobId);
    return (key: string) => prefix !== undefined && key.startsWith(prefix);
  }

  /** Where the panel of a job is that counts; undefined: none does. */
  async function keptPrefix(jobId: string): Promise<string | undefined> {
    const job = await getJob(database.read, jobId);
    if (job === undefined) return undefined;
    const isOpen = (openJobStatuses as readonly string[]).includes(job.status);
    if (!isOpen && (await forecasterOfJob(database.read, jobId)) === undefined) return undefined;
    const { panelKey } = JSON.parse(job.result ?? '{}') as Partial<ForecastJobProgress>;
    // Of an open job that knows of none yet, the message that names it may be under way.
    if (panelKey === undefined) return isOpen ? 'panels/' : undefined;
    return panelKey.slice(0, panelKey.lastIndexOf('/') + 1);
  }
}
