import { z } from 'zod';
import { ColumnName } from './column-name.ts';

export const Log1pStep = z
  .strictObject({
    kind: z.literal('log1p'),
    column: ColumnName,
    as: ColumnName.optional().meta({ description: 'A new column; default: in place' }),
  })
  .meta({ id: 'Log1pStep', description: 'log(1 + x); x at or below -1 becomes missing and is counted' });
export type Log1pStep = z.infer<typeof Log1pStep>;
