import { z } from 'zod';
import { ColumnName, DateColumn, ItemColumn } from './column-name.ts';

export const FillStep = z
  .strictObject({
    kind: z.literal('fill'),
    columns: z.array(ColumnName).min(1).max(2000),
    method: z.enum(['forward', 'mean', 'median', 'zero', 'middle', 'back']).meta({
      description:
        '`forward`: the item’s last value; `mean`, `median`: of its earlier values; `zero`: 0 everywhere; ' +
        '`middle`: 0 between its first and last value; `back`: 0 after its last. The last two look at whether later ' +
        'values exist, so they are for histories, not for features',
    }),
    item: ItemColumn,
    date: DateColumn,
  })
  .meta({ id: 'FillStep', description: 'Fill in missing numbers, from the past alone' });
export type FillStep = z.infer<typeof FillStep>;
