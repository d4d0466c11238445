import { z } from 'zod';
import { ColumnName } from './column-name.ts';

export const ClipNegativeStep = z
  .strictObject({ kind: z.literal('clip-negative'), columns: z.array(ColumnName).min(1).max(2000) })
  .meta({ id: 'ClipNegativeStep', description: 'Numbers below 0 become 0' });
export type ClipNegativeStep = z.infer<typeof ClipNegativeStep>;
