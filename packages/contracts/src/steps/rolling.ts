import { z } from 'zod';
import { ColumnName, DateColumn, ItemColumn, Period } from './column-name.ts';

export const RollingFunction = z.enum(['mean', 'std', 'min', 'max']);
export type RollingFunction = z.infer<typeof RollingFunction>;

export const RollingStep = z
  .strictObject({
    kind: z.literal('rolling'),
    column: ColumnName.optional().meta({
      description: 'Whose past values; default: the role target, else the last column',
    }),
    item: ItemColumn,
    date: DateColumn,
    windows: z.array(z.int().min(1).max(10_000)).min(1).max(50).meta({ description: 'Numbers of earlier rows' }),
    functions: z.array(RollingFunction).min(1).default(['mean']),
    minPeriods: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Values that must be there; default: as many as the window is long' }),
    period: Period.optional().meta({ description: 'What a row stands for, in names; known after `aggregate`' }),
    as: ColumnName.default('sales').meta({ description: 'What is measured, in names: `last-4_week_mean_sales`' }),
  })
  .meta({ id: 'RollingStep', description: 'Statistics of the item’s earlier rows, the present one left out' });
export type RollingStep = z.infer<typeof RollingStep>;
