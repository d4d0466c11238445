import { z } from 'zod';
import { message } from '../message.ts';

/**
 * A run of an automation came to a step: the service whose work it is accepts it as a job under the id that is given,
 * or ends that job with the reason why it cannot. One type per service, since each step has its own.
 */
const body = z.object({
  /** of the job that the step becomes */
  jobId: z.string(),
  /** of the job that has the run, and in its request what is to be done */
  runId: z.string(),
  /** what the step works on; absent where the step says it itself */
  datasetId: z.string().optional(),
});

export const EnrichmentOrdered = message('enrichment.ordered', body);
export const TrainingOrdered = message('training.ordered', body);
export const PredictionOrdered = message('prediction.ordered', body);
