import { z } from 'zod';
import { Name } from '../http/operation.ts';

/** What an automation waits for. One object and no union, so that a refusal names the field and not three forms. */
export const When = z
  .strictObject({
    dataset: Name.meta({ description: 'Name of the datasets that it is about' }),
    newRows: z.int().min(1).max(1_000_000_000).optional().meta({
      description: 'Runs when the newest upload of this name has so many rows more than at the last run',
    }),
    cron: z.string().min(1).max(100).optional().meta({
      description: 'Runs by the clock: minute, hour, day of the month, month, day of the week',
      example: '0 6 * * MON',
    }),
    timeZone: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'Of `cron`; default: UTC', example: 'Europe/Berlin' }),
  })
  .refine(({ newRows, cron }) => newRows === undefined || cron === undefined, {
    message: 'give newRows or cron, not both',
    path: ['newRows'],
  })
  .refine(({ cron, timeZone }) => timeZone === undefined || cron !== undefined, {
    message: 'a time zone goes with cron',
    path: ['timeZone'],
  })
  .meta({
    id: 'AutomationTrigger',
    description:
      'A dataset alone: each new upload of this name that is ready. By the clock, the newest upload is worked on, and of times that were missed one counts',
  });
export type When = z.infer<typeof When>;
