import { z } from 'zod';
import { ColumnName, DateColumn, ItemColumn, Period } from './column-name.ts';

const most = 400;

export const LagsStep = z
  .strictObject({
    kind: z.literal('lags'),
    column: ColumnName.optional().meta({
      description: 'Whose past values; default: the role target, else the last column',
    }),
    item: ItemColumn,
    date: DateColumn,
    periods: z
      .union([z.int().min(1).max(most), z.array(z.int().min(1).max(10_000)).min(1).max(most)])
      .meta({ description: 'The last n rows of the item, or which of them: [1, 2, 52]' }),
    differences: z
      .boolean()
      .default(true)
      .meta({ description: 'Also how much each of them differs from the one before it' }),
    period: Period.optional().meta({ description: 'What a row stands for, in names; known after `aggregate`' }),
    as: ColumnName.default('sales').meta({ description: 'What is lagged, in names: `last-1_week_sales`' }),
  })
  .meta({ id: 'LagsStep', description: 'Values of the item’s earlier rows' });
export type LagsStep = z.infer<typeof LagsStep>;
