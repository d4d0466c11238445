import { z } from 'zod';
import { message } from '../message.ts';

/** A job of kind `batch-prediction` was accepted; its row holds the dataset and the version that predicts. */
export const PredictionRequested = message('prediction.requested', z.object({ jobId: z.string() }));

/** The batch prediction could not be done after all its attempts. */
export const PredictionFailed = message(
  'prediction.failed',
  PredictionRequested.body.extend({
    reasons: z.array(z.string()),
    /** the run whose step it was to be, when it was not even accepted */
    runId: z.string().optional(),
  }),
);
