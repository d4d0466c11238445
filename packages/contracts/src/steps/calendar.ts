import { z } from 'zod';
import { DateColumn } from './column-name.ts';

export const CalendarPart = z.enum(['weekday', 'day', 'day-of-year', 'week', 'month', 'quarter', 'year', 'weekend']);
export type CalendarPart = z.infer<typeof CalendarPart>;

export const CalendarStep = z
  .strictObject({
    kind: z.literal('calendar'),
    date: DateColumn,
    parts: z
      .array(CalendarPart)
      .min(1)
      .default(['weekday', 'month'])
      .meta({ description: 'Monday is weekday 1; weeks are numbered as in ISO 8601' }),
    holidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
      .optional()
      .meta({ description: 'Country (ISO 3166: `US`, `DE-BY`) whose public holidays are counted' }),
  })
  .meta({ id: 'CalendarStep', description: 'What the calendar says of a row’s date' });
export type CalendarStep = z.infer<typeof CalendarStep>;
