import type { flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * A champion was promoted: load it before the first request asks for it. Only a warm-up, since one replica alone hears
 * of it; a version that was deleted meanwhile is nobody's fault.
 */
export const loadChampion: Handler<'inference', typeof flow.championPromoted, Deps> = async (message, deps) => {
  try {
    await deps.models.refresh(message.tenantId, message.body.model);
  } catch (error) {
    deps.log.warn({ err: error, model: message.body.model }, 'the new champion could not be loaded ahead');
  }
  return async () => [];
};
