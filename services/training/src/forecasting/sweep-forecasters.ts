import { fitsOf, forecasterOfJob, isJobOpen } from '@bellwether/database';
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
  const named = new Map<string, readonly string[]>();
  let deleted = 0;
  for await (const { key, modifiedAt } of store.list('forecasters/')) {
    const [, , jobId = ''] = key.split('/');
    if (modifiedAt > before) continue;
    const names = named.get(jobId) ?? (await namesOf(jobId));
    named.set(jobId, names);
    if (names.some((name) => key === name || key.startsWith(`${name}.`))) continue;
    await store.delete(key);
    deleted++;
  }
  if (deleted > 0) log.info({ deleted }, 'swept what no forecaster consists of');
  return deleted;

  /** Keys of the attempts that count; what else an attempt has made is called the same and a dot. */
  async function namesOf(jobId: string): Promise<string[]> {
    const forecaster = await forecasterOfJob(database.read, jobId);
    if (forecaster === undefined && !(await isJobOpen(database.read, jobId))) return [];
    const fits = await fitsOf(database.read, jobId);
    const artifact = forecaster === undefined ? [] : [forecaster.artifact_key.replace(/\.json$/, '')];
    return [...fits.flatMap(({ output_key }) => output_key ?? []), ...artifact];
  }
}
