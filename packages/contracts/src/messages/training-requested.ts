import { z } from 'zod';
import { message } from '../message.ts';

/** A job of kind `training` was accepted; its row holds what was asked. */
export const TrainingRequested = message('training.requested', z.object({ jobId: z.string() }));

/** The training job could not be planned after all its attempts. */
export const TrainingFailed = message(
  'training.failed',
  TrainingRequested.body.extend({
    reasons: z.array(z.string()),
    /** the run whose step it was to be, when it was not even accepted */
    runId: z.string().optional(),
  }),
);
