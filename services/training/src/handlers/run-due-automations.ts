import type { flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import { runDue } from '../automations/run-due.ts';
import type { Deps } from '../deps.ts';

/** The clock ticked: automations whose time has come begin, each in a transaction of its own tenant. */
export const runDueAutomations: Handler<'training', typeof flow.clockTicked, Deps> = async (_, deps) => {
  await runDue(deps);
  return async () => [];
};
