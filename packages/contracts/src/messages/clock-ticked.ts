import { z } from 'zod';
import { message } from '../message.ts';

/**
 * Some time has passed: automations by the clock may be due. It says nothing else, so one that is lost costs no more
 * than the wait for the next, and many at once cost one look each. No tenant's: those of all tenants are looked at.
 */
export const ClockTicked = message('clock.ticked', z.object({}));
