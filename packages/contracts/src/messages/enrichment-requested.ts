import { z } from 'zod';
import { message } from '../message.ts';

/** A job of kind `enrichment` was accepted; its row holds the steps and the split. */
export const EnrichmentRequested = message('enrichment.requested', z.object({ jobId: z.string() }));

/** The enrichment could not be done after all its attempts. */
export const EnrichmentFailed = message(
  'enrichment.failed',
  EnrichmentRequested.body.extend({
    reasons: z.array(z.string()),
    /** the run whose step it was to be, when it was not even accepted */
    runId: z.string().optional(),
  }),
);
