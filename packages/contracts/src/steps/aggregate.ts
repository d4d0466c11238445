import { z } from 'zod';
import { ColumnName, DateColumn, ItemColumn, Period } from './column-name.ts';

export const AggregatedValue = z.strictObject({
  column: ColumnName,
  function: z.enum(['sum', 'mean', 'count', 'last']).default('sum'),
  as: ColumnName.optional().meta({ description: 'Name of the result; default: the column’s' }),
});
export type AggregatedValue = z.infer<typeof AggregatedValue>;

export const AggregateStep = z
  .strictObject({
    kind: z.literal('aggregate'),
    item: ItemColumn,
    date: DateColumn,
    period: Period,
    values: z.array(AggregatedValue).min(1).max(200),
    gaps: z
      .enum(['zero', 'missing', 'none'])
      .default('zero')
      .meta({ description: 'Periods without rows between an item’s first and the last: 0, missing, or no row at all' }),
    incomplete: z
      .enum(['drop', 'keep'])
      .default('drop')
      .meta({ description: 'The last period, when the data end before it does' }),
  })
  .meta({ id: 'AggregateStep', description: 'One row an item and period, named by the period’s first day' });
export type AggregateStep = z.infer<typeof AggregateStep>;
