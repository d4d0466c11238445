import { z } from 'zod';
import { Roles } from './schema.ts';
import { ColumnName, Period } from './steps/column-name.ts';
import { EnrichmentStep } from './steps/step.ts';

/** How the table that a model learned from came of datasets of another name: kept with each of its versions. */
export const FeatureRecipe = z
  .object({
    source: z.string().meta({ description: 'Name of the datasets to which the steps are applied' }),
    roles: Roles.meta({ description: 'Of the dataset to which they were applied' }),
    steps: z.array(EnrichmentStep).min(1),
    target: z.string(),
    item: ColumnName.optional(),
    timestamp: ColumnName.optional(),
    period: Period.optional().meta({ description: 'What a row stands for' }),
  })
  .meta({ id: 'FeatureRecipe' });
export type FeatureRecipe = z.infer<typeof FeatureRecipe>;
