import { emit, flow } from '@bellwether/contracts';
import { dueAutomations } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/**
 * The clock of a single process, asked each second: says `clock.ticked` when an automation is due, and nothing
 * otherwise. On AWS a rule of EventBridge says it each minute. What is due stands in rows, so a process that was down
 * finds it when it starts.
 */
export async function tick({ database, perform, now }: Pick<Deps, 'database' | 'perform' | 'now'>): Promise<void> {
  const at = now();
  if ((await dueAutomations(database.read, at, 1)).length === 0) return;
  // No tenant has the id `-`: what comes of it is performed for each automation's own.
  await perform({ id: `tick:${at}`, tenantId: '-' }, async () => ({
    result: undefined,
    messages: [emit(flow.clockTicked, {})],
  }));
}
