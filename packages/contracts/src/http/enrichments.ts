import { z } from 'zod';
import { AcceptedJob } from './jobs.ts';
import { IdParams, Name, type Operation } from './operation.ts';

/** Steps are evaluated in order; each kind is one schema here and one file in `datasets`. */
export const EnrichmentStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('select'), columns: z.array(z.string()).min(1).max(2000) }),
]);

export const EnrichmentRequest = z.strictObject({
  name: Name.optional().meta({ description: 'Name of the outputs; default: the dataset’s' }),
  steps: z.array(EnrichmentStep).max(50).default([]),
  split: z
    .strictObject({
      target: z.string().optional().meta({ description: 'Default: the role, else the last column' }),
      testFraction: z.number().gt(0).lt(1).default(0.2),
      by: z.enum(['shuffle', 'time']).optional().meta({ description: 'Default: time where a role names a timestamp' }),
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
    summary: 'Derive datasets: select columns, split into train, test and the real values of the test',
    params: IdParams,
    body: EnrichmentRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
} as const satisfies Record<string, Operation>;
