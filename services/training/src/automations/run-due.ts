import { dueAutomations, lockAutomation, newestUploadOf, setNextTick } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { beginRun } from './begin-run.ts';
import { nextTick } from './cron.ts';

const batch = 1000;

/**
 * Begins a run of each automation whose time has come, one each, however many of its times have passed. Each is a
 * transaction of its own under its own tenant, so that one that cannot be begun holds up no other.
 *
 * @returns how many were due
 */
export async function runDue(deps: Pick<Deps, 'database' | 'perform' | 'now' | 'newId' | 'log'>): Promise<number> {
  const { database, perform, now, log } = deps;
  const at = now();
  const due = await dueAutomations(database.read, at, batch);
  for (const { id, tenant_id: tenantId } of due) {
    try {
      await perform({ id: `${id}:due`, tenantId }, async (tx) => {
        const automation = await lockAutomation(tx, id);
        const { next_at: dueAt, cron, time_zone } = automation ?? {};
        if (automation === undefined || dueAt == null || dueAt > at || cron == null) {
          return { result: undefined, messages: [] };
        }
        const dataset = await newestUploadOf(tx, tenantId, automation.dataset_name);
        await setNextTick(tx, id, nextTick({ cron, timeZone: time_zone ?? 'UTC' }, at) ?? null);
        const trigger = { key: new Date(dueAt).toISOString(), datasetId: dataset?.id };
        return { result: undefined, messages: await beginRun(tx, automation, trigger, deps) };
      });
    } catch (error) {
      log.error({ automation: id, err: error }, 'an automation could not be begun at its time');
    }
  }
  return due.length;
}
