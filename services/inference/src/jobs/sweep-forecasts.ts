import { type ForecastJobProgress, openJobStatuses } from '@bellwether/contracts';
import { getJob, partsOf } from '@bellwether/database';
import { keepsNamed, sweepByJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * Deletes rows of forecasts that wait to be put together for nothing: of attempts that lost, and of jobs that are beyond
 * that step. Young ones are spared, since their transaction may still come.
 *
 * @param now milliseconds since the epoch
 * @returns how many objects
 */
export async function sweepForecasts(
  { database, store, config, log }: Pick<Deps, 'database' | 'store' | 'config' | 'log'>,
  now: number,
): Promise<number> {
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;
  const deleted = await sweepByJob(store, { prefix: 'forecasts/', before, keeps });
  if (deleted > 0) log.info({ deleted }, 'swept rows of forecasts that nobody waits for');
  return deleted;

  /** Keys of the attempts that count; a part's backtests are called the same and more. */
  async function keeps(jobId: string) {
    const job = await getJob(database.read, jobId);
    const { step } = JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>;
    const isOpen = job !== undefined && (openJobStatuses as readonly string[]).includes(job.status);
    if (!isOpen || step !== 'forecast') return keepsNamed([]);
    return keepsNamed((await partsOf(database.read, jobId)).flatMap(({ output_key }) => output_key ?? []));
  }
}
