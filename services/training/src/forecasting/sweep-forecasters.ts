import { fitsOf, forecasterOfJob, isJobOpen } from '@bellwether/database';
import { keepsNamed, sweepByJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * Deletes objects of forecasters that nothing names: of attempts that lost, and of jobs that ended without a forecaster
 * or whose forecaster is gone. Young ones are spared, since their transaction may still come.
 *
 * @param now milliseconds since the epoch
 * @returns how many objects
 */
export async function sweepForecasters(
  { database, store, config, log }: Pick<Deps, 'database' | 'store' | 'config' | 'log'>,
  now: number,
): Promise<number> {
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;
  const deleted = await sweepByJob(store, { prefix: 'forecasters/', before, keeps });
  if (deleted > 0) log.info({ deleted }, 'swept what no forecaster consists of');
  return deleted;

  /** Keys of the attempts that count; what else an attempt has made is called the same and a dot. */
  async function keeps(jobId: string) {
    const forecaster = await forecasterOfJob(database.read, jobId);
    if (forecaster === undefined && !(await isJobOpen(database.read, jobId))) return keepsNamed([]);
    const fits = await fitsOf(database.read, jobId);
    const artifact = forecaster === undefined ? [] : [forecaster.artifact_key.replace(/\.json$/, '')];
    return keepsNamed([...fits.flatMap(({ output_key }) => output_key ?? []), ...artifact]);
  }
}
