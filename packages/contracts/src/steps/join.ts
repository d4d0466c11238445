import { z } from 'zod';
import { ColumnName } from './column-name.ts';

export const JoinStep = z
  .strictObject({
    kind: z.literal('join'),
    dataset: z.string().meta({ description: 'Id of the other dataset' }),
    on: z
      .array(z.strictObject({ left: ColumnName, right: ColumnName }).or(ColumnName))
      .max(10)
      .default([])
      .meta({ description: 'Columns that must be equal' }),
    asOf: z
      .strictObject({ left: ColumnName, right: ColumnName })
      .optional()
      .meta({ description: 'Take the other table’s last row at or before this row’s time' }),
    columns: z.array(ColumnName).min(1).optional().meta({ description: 'Of the other table; default: all others' }),
    prefix: z.string().max(50).default('').meta({ description: 'Put before the names of the new columns' }),
  })
  .refine(({ on, asOf }) => on.length > 0 || asOf !== undefined, 'give on, asOf or both')
  .meta({ id: 'JoinStep', description: 'Add columns of another dataset; rows without a match keep missing values' });
export type JoinStep = z.infer<typeof JoinStep>;
