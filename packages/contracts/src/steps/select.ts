import { z } from 'zod';

export const SelectStep = z
  .strictObject({ kind: z.literal('select'), columns: z.array(z.string()).min(1).max(2000) })
  .meta({ id: 'SelectStep', description: 'Keep these columns, in this order' });
export type SelectStep = z.infer<typeof SelectStep>;
