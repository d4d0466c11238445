import { z } from 'zod';

/** What a search for hyperparameters has found for one predictor. */
export const FoundSettings = z.object({
  hyperparameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'What differs from its defaults and from what was given; empty where nothing was clearly better',
  }),
  tries: z.int(),
  error: z.number().meta({ description: 'Mean absolute scaled error before the reported windows' }),
  errorBefore: z.number().meta({ description: 'The same with the settings that it had' }),
});
export type FoundSettings = z.infer<typeof FoundSettings>;
