import { z } from 'zod';
import { message } from '../message.ts';

/** What an automation waits for has happened; the job of the kind `automation` holds what is to be done. */
export const AutomationTriggered = message('automation.triggered', z.object({ jobId: z.string() }));

/** A run of an automation could not be moved on after all its attempts. */
export const AutomationFailed = message(
  'automation.failed',
  AutomationTriggered.body.extend({ reasons: z.array(z.string()) }),
);
