import { openJobStatuses } from '@bellwether/contracts';
import type { Deps } from '../deps.ts';
import { openForecast } from './advance.ts';
import { endForecast } from './end-forecast.ts';
import { progressOf } from './forecast-rows.ts';

/** Longer than all attempts of a message take: by then those that did not come are dead. */
const patience = 15 * 60_000;

/**
 * Ends forecasts that wait in vain for somebody to clean up: three services hear that a forecast is over, so no death
 * of that message can speak for all of them. They end as they went, and sweepers remove what is left.
 *
 * @param now milliseconds since the epoch
 * @returns how many
 */
export async function settleForecasts(
  { database, perform, log }: Pick<Deps, 'database' | 'perform' | 'log'>,
  now: number,
): Promise<number> {
  const open = await database.read
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', 'forecast')
    .where('status', 'in', openJobStatuses)
    .execute();
  const stuck = open.filter((job) => (progressOf(job).began['clean-up'] ?? now) < now - patience);
  for (const { id, tenant_id } of stuck) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => {
      const job = await openForecast(tx, id);
      return { result: undefined, messages: job === undefined ? [] : await endForecast(tx, job, now) };
    });
  }
  if (stuck.length > 0) log.warn({ jobs: stuck.map(({ id }) => id) }, 'forecasts ended before all was cleaned up');
  return stuck.length;
}
