import { z } from 'zod';
import { EnrichmentStep } from '../steps/step.ts';
import { AcceptedJob } from './jobs.ts';
import { IdParams, Name, type Operation } from './operation.ts';

export const EnrichmentRequest = z.strictObject({
  name: Name.optional().meta({ description: 'Name of the outputs; default: the dataset’s' }),
  steps: z.array(EnrichmentStep).max(50).default([]),
  split: z
    .strictObject({
      target: z
        .string()
        .optional()
        .meta({ description: 'Default: the role, else the last column before the steps that has values' }),
      testFraction: z.number().gt(0).lt(1).default(0.2),
      by: z.enum(['shuffle', 'time', 'group']).optional().meta({
        description:
          'Default: time where `date` or a role names a column of times. `group`: all rows of one value of `column` are on the same side, such as those of one customer',
      }),
      column: z.string().optional().meta({ description: 'Of the groups, by group; default: the role item' }),
      date: z.string().optional().meta({
        description: 'Column of the times by which; default: the role timestamp. It becomes that role of the outputs',
      }),
      seed: z.int().min(0).max(0xffff_ffff).default(0),
    })
    .optional(),
});
export type EnrichmentRequest = z.infer<typeof EnrichmentRequest>;

export const enrichmentOperations = {
  createEnrichment: {
    method: 'post',
    path: '/v1/datasets/{id}/enrichments',
    service: 'enrichment',
    tag: 'datasets',
    summary:
      'Derive datasets: add series, lags and calendar features, aggregate, split into train, test and real values',
    params: IdParams,
    body: EnrichmentRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
} as const satisfies Record<string, Operation>;
