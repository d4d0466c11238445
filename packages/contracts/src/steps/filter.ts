import { z } from 'zod';
import { DateColumn } from './column-name.ts';

const Moment = z.iso.date().or(z.iso.datetime({ local: true }));

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
