import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '@bellwether/contracts';
import { listJobs } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import type { LoadedVersion } from './loaded-models.ts';

/** Below the 29 s after which API Gateway gives up. */
const longestMs = 20_000;
const everyMs = 100;

/**
 * The champion of a model. While its first one is still being trained the answer waits for it: whoever asks the short
 * routes one after the other, as the shell client does, would else have to guess how long a training takes.
 *
 * @throws Problem `model-not-found`, `model-not-trained` when nothing trains it, or not within 20 s
 */
export async function firstChampion(
  tenantId: string,
  model: string,
  { models, database, now }: Pick<Deps, 'models' | 'database' | 'now'>,
  signal: AbortSignal,
): Promise<LoadedVersion> {
  const end = now() + longestMs;
  for (;;) {
    try {
      return await models.get(tenantId, model);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    // A job that ended since the look above has made its champion by now: hence one more look.
    if (now() >= end || !(await isTrained(tenantId, model, database))) return await models.get(tenantId, model);
    await pause(everyMs, undefined, { signal });
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Problem && (error.code === 'model-not-found' || error.code === 'model-not-trained');

async function isTrained(tenantId: string, model: string, { read }: Deps['database']): Promise<boolean> {
  for (const status of ['queued', 'waiting', 'running'] as const) {
    const jobs = await listJobs(read, tenantId, { kind: 'training', model, status, limit: 1 });
    if (jobs.length > 0) return true;
  }
  return false;
}
