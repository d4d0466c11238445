import { z } from 'zod';
import { DateColumn } from './column-name.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ local: true })], {
  error: 'A day such as 2024-12-31, or a moment of UTC such as 2024-12-31T08:30:00',
});

export const FilterStep = z
  .strictObject({
    kind: z.literal('filter'),
    date: DateColumn,
    start: Moment.optional().meta({ description: 'First day or moment that stays' }),
    end: Moment.optional().meta({ description: 'Last day (all of it) or moment that stays' }),
  })
  .refine(({ start, end }) => start !== undefined || end !== undefined, 'give start, end or both')
  .meta({ id: 'FilterStep', description: 'Keep a period of time, both ends included' });
export type FilterStep = z.infer<typeof FilterStep>;
